using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Fuzz;

/// <summary>What a file is put through: header, limits, decoding, operations, encoding, and a look at what came of it. Thread-safe.</summary>
/// <remarks>JPEGs alone are read by our own reader wherever it can, and nothing slower than it is made of them.</remarks>
internal sealed class FuzzTarget
{
    private const int MostPixels = 1 << 20;

    private static readonly string[] Operations =
        ["auto-orient", "resize:9x7", "resize:20x20@cover", "resize:30x8@contain", "rotate:90", "rotate:33", "grayscale", "tint:#ff6432", "crop:5x5", "blur:1", "sharpen", "flip+flop", "auto-orient+resize:50%+grayscale"];

    private static readonly ImageFormat[] Outputs =
        [ImageFormat.Png, ImageFormat.Png, ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Jpeg, ImageFormat.WebP, ImageFormat.Gif, ImageFormat.Tiff, ImageFormat.Tiff, ImageFormat.Bmp, ImageFormat.JpegXl, ImageFormat.Avif];

    private static readonly FailureKind[] OfSources = [FailureKind.Corrupt, FailureKind.Unsupported, FailureKind.OverLimit];
    private static readonly ImageFormat[] OwnOutputs = [ImageFormat.Jpeg, ImageFormat.Jpeg, ImageFormat.Jpeg, ImageFormat.Png];

    private readonly bool _isOfJpeg;
    private readonly ImageLimits _limits = new() { Pixels = MostPixels, OutputPixels = 4 * MostPixels, Frames = 20, MetadataBytes = MostPixels };
    private readonly ImageTaskPipeline[] _pipelines;

    public FuzzTarget(ImageFormat? format)
    {
        _isOfJpeg = format == ImageFormat.Jpeg;
        _pipelines =
        [
            .. new[] { ImageEngine.Accelerated(MagickPngEncoding.Default, _limits), ImageEngine.Magick(MagickPngEncoding.Default, _limits) }.Select(engine =>
                new ImageTaskPipeline(engine, new SourceLeases(), _limits)),
        ];
    }

    /// <summary>Does a task on a file.</summary>
    /// <returns>How it ended; anything but null and the kinds that a source may be at fault with is a finding.</returns>
    public TaskFailure? Process(byte[] file, Random random)
    {
        if (!_isOfJpeg)
        {
            return Process(file, random, keepsPlanes: random.Next(2) == 0);
        }

        var (apart, together) = (Process(file, random, keepsPlanes: true), Process(file, random, keepsPlanes: false));
        return IsOfSource(apart) ? together : apart;
    }

    /// <summary>Whether it is nothing, or a failure of a kind that sources may be at fault with.</summary>
    public static bool IsOfSource(TaskFailure? failure) => failure is null || OfSources.Contains(failure.Kind);

    private TaskFailure? Process(byte[] file, Random random, bool keepsPlanes)
    {
        var outputs = _isOfJpeg ? OwnOutputs : Outputs;
        var format = outputs[random.Next(outputs.Length)];
        var task = new ImageTask(new TaskId(1), "fuzz", OperationParser.ParseList(Operations[random.Next(Operations.Length)]), $"out{ImageFormats.ExtensionOf(format)}")
        {
            Content = SourceContent.Of(file),
            ReturnsContent = true,
            Source = new SourceSettings
            {
                Frames = random.Next(3) == 0 ? FramePolicy.All : FramePolicy.First,
                OnWarning = random.Next(2) == 0 ? WarningPolicy.Keep : WarningPolicy.Fail,
                ShrinkBy = 1 << random.Next(4),
                KeepsPlanes = keepsPlanes,
            },
            Output = new OutputSettings
            {
                Metadata = (MetadataPolicy)random.Next(3),
                ColorProfile = (ColorProfilePolicy)random.Next(2),
            },
        };
        var engine = !_isOfJpeg && random.Next(4) == 0 ? 1 : 0;
        try
        {
            var outcome = _pipelines[engine].Process(task);
            using var output = new MemoryStream(outcome.Content.ToArray());
            var container = ImageContainer.Open(output, FramePolicy.All, _limits); // what comes out is a file of its format, whatever went in
            return container.Header.Format == format ? null : new TaskFailure(FailureKind.Unexpected, $"{Describe(task, engine)}: a {container.Header.Format} came out instead of a {format}");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var failure = FailureClassifier.Classify(fault, task);
            return IsOfSource(failure) ? failure : failure with { Reason = $"{Describe(task, engine)}: {fault}" }; // where it was thrown takes long to find
        }
    }

    private static string Describe(ImageTask task, int engine) =>
        $"{(engine == 0 ? ImageEngine.AcceleratedName : ImageEngine.MagickName)} {string.Join('+', task.Operations)} {task.OutputPath} {task.Source} {task.Output}";
}
