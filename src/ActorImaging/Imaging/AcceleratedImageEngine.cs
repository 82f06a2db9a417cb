using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Magick.NET with two shortcuts: a SIMD kernel where there is one for an operation and a layout of pixels, and a PNG writer of our own.
/// Anything else is Magick.NET's; the results are the same to within one level.
/// </summary>
public sealed class AcceleratedImageEngine : IImageEngine
{
    /// <summary>The word that chooses this engine in the configuration.</summary>
    public const string Name = "accelerated";

    private const double BytesPerPixel = 4;

    private static readonly TaskEstimator Estimator = new(StepCosts.OfKernels, WorkingBytesPerPixel, sharesSources: true);

    private const string OwnPngWriter = "own PNG writer, preset fast";

    private readonly MagickImageEngine _magick;

    /// <summary>Creates the engine and loads Magick.NET's native library.</summary>
    /// <param name="png">How Magick.NET encodes what the PNG writer does not take.</param>
    /// <exception cref="InvalidOperationException">ImageMagick's security policy can't be put in force.</exception>
    public AcceleratedImageEngine(MagickPngEncoding png)
    {
        _magick = new MagickImageEngine(png);
        Description = new EngineDescription(Name, _magick.Description.Version, OwnPngWriter);
    }

    /// <inheritdoc />
    public EngineDescription Description { get; }

    /// <inheritdoc />
    public bool SharesSources => true;

    /// <inheritdoc />
    public ImageHeader ReadHeader(string sourcePath, SourceSettings settings) => _magick.ReadHeader(sourcePath, settings);

    /// <inheritdoc />
    public IEngineImage Decode(string sourcePath, SourceSettings settings, ImageHeader header) =>
        new AcceleratedEngineImage(_magick.DecodeFrames(sourcePath, settings, header));

    /// <inheritdoc />
    public TaskEstimate Estimate(ImageTask task) => Estimator.Of(task);

    /// <summary>
    /// The last kernel's result is written as it is made; of the others' the one that is read and the one that is made are there at a time. What is
    /// Magick.NET's takes what it takes there.
    /// </summary>
    private static double WorkingBytesPerPixel(ImageTask task, ImageHeader header)
    {
        var isOurs = header.Frames == 1
            && ImageFormats.TryGetByExtension(task.OutputPath, out var format) && format == ImageFormat.Png
            && task.Operations.All(operation => AcceleratedOperations.TryFindSteps(operation, header.Size, header.Size, default, out _));
        var kernels = task.Operations.Count(operation => operation is not AutoOrientOperation);
        return isOurs ? BytesPerPixel * Math.Clamp(kernels - 1, 1, 2) : MagickImageEngine.WorkingBytesPerPixel;
    }

    /// <inheritdoc />
    public void ReleaseMemory()
    {
        NativePixelPool.Trim();
        _magick.ReleaseMemory();
    }
}
