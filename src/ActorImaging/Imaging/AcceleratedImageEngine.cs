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

    private const double WorkingBytesPerPixel = 4; // one image on the way; the last one is written as it is made

    private static readonly TaskEstimator Estimator = new(StepCosts.OfKernels, WorkingBytesPerPixel);

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

    /// <inheritdoc />
    public void ReleaseMemory()
    {
        NativePixelPool.Trim();
        _magick.ReleaseMemory();
    }
}
