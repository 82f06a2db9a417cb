using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>
/// The engine behind which codecs and operations stand: <see cref="AcceleratedName"/>, which has SIMD kernels and codecs of our own wherever they are
/// better and Magick.NET for the rest, or <see cref="MagickName"/>, which is Magick.NET wherever that does what is meant. The results are the same to
/// within one level a step.
/// </summary>
internal sealed class ImageEngine : IImageEngine
{
    /// <summary>The word that chooses kernels and codecs of our own in the configuration.</summary>
    public const string AcceleratedName = "accelerated";

    /// <summary>The word that chooses Magick.NET in the configuration.</summary>
    public const string MagickName = "magick";

    private const string OwnPngWriter = "own PNG writer, preset fast";
    private const double BytesPerPixel = 4;

    /// <summary>Beside the decoded source: blur, rotate and encode of Magick.NET hold up to three images.</summary>
    private const double MagickBytesPerPixel = 12;

    private readonly SourceDecoder _decoder;
    private readonly TaskEstimator _estimator;

    private ImageEngine(EngineCodecs codecs, ImageLimits limits, EngineDescription description, TaskEstimator estimator)
    {
        _decoder = new SourceDecoder(codecs, limits);
        _estimator = estimator;
        SharesSources = codecs.UsesKernels;
        Description = description;
    }

    /// <inheritdoc/>
    public EngineDescription Description { get; }

    /// <inheritdoc/>
    /// <remarks>Not by Magick.NET: clones of one image crash when threads work on them.</remarks>
    public bool SharesSources { get; }

    /// <summary>The engine with kernels and codecs of our own; loads Magick.NET's native library, so that a machine without it fails here and not in a processor.</summary>
    /// <param name="png">How Magick.NET encodes PNG, where our own writer does not.</param>
    /// <param name="limits">What is read of a source.</param>
    /// <exception cref="InvalidOperationException">ImageMagick's security policy can't be put in force.</exception>
    public static ImageEngine Accelerated(MagickPngEncoding png, ImageLimits limits)
    {
        MagickRuntime.EnsureInitialized();
        MagickRuntime.RaiseLimits(limits);
        return new ImageEngine(
            new EngineCodecs(usesKernels: true, png),
            limits,
            new EngineDescription(AcceleratedName, DescribeLibraries(), OwnPngWriter),
            new TaskEstimator(StepCosts.OfKernels, WorkingBytesPerPixel, sharesSources: true));
    }

    /// <summary>The engine that is Magick.NET.</summary>
    /// <inheritdoc cref="Accelerated"/>
    public static ImageEngine Magick(MagickPngEncoding png, ImageLimits limits)
    {
        MagickRuntime.EnsureInitialized();
        MagickRuntime.RaiseLimits(limits);
        return new ImageEngine(
            new EngineCodecs(usesKernels: false, png),
            limits,
            new EngineDescription(MagickName, DescribeLibraries(), png.ToString()),
            new TaskEstimator(StepCosts.OfMagick, (_, _) => MagickBytesPerPixel, sharesSources: false));
    }

    /// <inheritdoc/>
    public IEngineImage Decode(ImageContainer source, SourceSettings settings) => _decoder.Decode(source, settings);

    /// <inheritdoc/>
    public TaskEstimate Estimate(ImageTask task) => _estimator.Of(task);

    /// <inheritdoc/>
    public void ReleaseMemory()
    {
        NativePixelPool.Trim();
        GC.Collect();
        if (!OperatingSystem.IsWindows())
        {
            ResourceLimits.TrimMemory(); // glibc keeps what threads have freed; Windows' allocator has no such call
        }
    }

    /// <summary>
    /// The last kernel's result is written as it is made; of the others' the one that is read and the one that is made are there at a time. What is
    /// Magick.NET's takes what it takes there.
    /// </summary>
    private static double WorkingBytesPerPixel(ImageTask task, ImageHeader header)
    {
        var isOurs = ImageFormats.TryGetByExtension(task.OutputPath, out var format)
            && header.Frames == 1
            && (format == ImageFormat.Png || (format == ImageFormat.Jpeg && !task.Output.IsProgressive))
            && task.Operations.All(operation => AcceleratedOperations.TryFindSteps(operation, header.Size, null, default, out _));
        var kernels = task.Operations.Count(operation => operation is not AutoOrientOperation);
        return isOurs ? (BytesPerPixel * Math.Clamp(kernels - 1, 1, 2)) + EncodingBytesPerPixel(task.Output, format!.Value) : MagickBytesPerPixel;
    }

    /// <summary>Of JPEG, the symbols are held until their codes are known: the finer it is kept, the more there are.</summary>
    private static double EncodingBytesPerPixel(OutputSettings output, ImageFormat format)
    {
        const int Fine = 90;
        return format != ImageFormat.Jpeg ? 0 : output.QualityPercent >= Fine || output.Chroma == ChromaSubsampling.Full ? 8 : 2;
    }

    /// <summary>Of "Magick.NET Q8 AnyCPU net10.0 15.1.0" and "ImageMagick 7.1.2-35 Q8 x86_64 ..." names and numbers.</summary>
    private static string DescribeLibraries() =>
        $"Magick.NET {MagickNET.Version.Split(' ')[^1]}, {string.Join(' ', MagickNET.ImageMagickVersion.Split(' ').Take(2))}";
}
