using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Magick.NET throughout: one native thread per image, the calling one.</summary>
public sealed class MagickImageEngine : IImageEngine
{
    /// <summary>The word that chooses this engine in the configuration.</summary>
    public const string Name = "magick";

    /// <summary>Beside the decoded source: blur, rotate and encode hold up to three images.</summary>
    internal const double WorkingBytesPerPixel = 12;

    private static readonly TaskEstimator Estimator = new(StepCosts.OfMagick, (_, _) => WorkingBytesPerPixel, sharesSources: false);

    private readonly MagickPngEncoding _png;

    /// <summary>Creates the engine and loads its native library, so that a machine without it fails here and not in a processor.</summary>
    /// <param name="png">How PNG is encoded by the preset fast.</param>
    /// <exception cref="InvalidOperationException">ImageMagick's security policy can't be put in force.</exception>
    public MagickImageEngine(MagickPngEncoding png)
    {
        MagickRuntime.EnsureInitialized();
        _png = png;
        Description = new EngineDescription(Name, DescribeLibraries(), png.ToString());
    }

    /// <inheritdoc />
    public EngineDescription Description { get; }

    /// <summary>Never: clones of one image crash when threads work on them.</summary>
    public bool SharesSources => false;

    /// <inheritdoc />
    public ImageHeader ReadHeader(string sourcePath, SourceSettings settings)
    {
        using var source = SourceFile.Open(sourcePath);
        if (settings.Frames == FramePolicy.First)
        {
            var info = new MagickImageInfo();
            info.Read(source);
            return HeaderOf(info);
        }

        using var frames = new MagickImageCollection();
        frames.Ping(source);
        return HeaderOf(frames);
    }

    /// <inheritdoc />
    public IEngineImage Decode(string sourcePath, SourceSettings settings, ImageHeader header) => DecodeFrames(sourcePath, settings, header);

    /// <inheritdoc cref="Decode"/>
    internal MagickEngineImage DecodeFrames(string sourcePath, SourceSettings settings, ImageHeader header)
    {
        using var source = SourceFile.Open(sourcePath);
        return MagickEngineImage.Read(source, settings, header, _png);
    }

    /// <inheritdoc />
    public TaskEstimate Estimate(ImageTask task) => Estimator.Of(task);

    /// <inheritdoc />
    public void ReleaseMemory()
    {
        GC.Collect();
        if (!OperatingSystem.IsWindows())
        {
            ResourceLimits.TrimMemory(); // glibc keeps what threads have freed; Windows' allocator has no such call
        }
    }

    /// <summary>Of "Magick.NET Q8 AnyCPU net10.0 15.1.0" and "ImageMagick 7.1.2-35 Q8 x86_64 ..." names and numbers.</summary>
    private static string DescribeLibraries() =>
        $"Magick.NET {MagickNET.Version.Split(' ')[^1]}, {string.Join(' ', MagickNET.ImageMagickVersion.Split(' ').Take(2))}";

    private static ImageHeader HeaderOf(MagickImageInfo first) => new(new PixelSize((int)first.Width, (int)first.Height), Frames: 1)
    {
        IsTurned = ExifOrientation.IsTurned(first.Orientation),
        CanShrink = IsJpeg(first.Format),
    };

    private static ImageHeader HeaderOf(MagickImageCollection frames)
    {
        var sizes = frames.Select(frame => new PixelSize((int)frame.Width, (int)frame.Height)).ToList();
        var canvas = MagickEngineImage.IsAnimation(frames) ? MagickEngineImage.CanvasOf(frames[0]) : sizes[0];
        var bounds = new PixelSize(Math.Max(canvas.WidthPixels, sizes.Max(size => size.WidthPixels)), Math.Max(canvas.HeightPixels, sizes.Max(size => size.HeightPixels)));
        return new ImageHeader(canvas, frames.Count)
        {
            IsTurned = ExifOrientation.IsTurned(frames[0].Orientation),
            CanShrink = IsJpeg(frames[0].Format),
            Bounds = bounds,
            Pixels = MagickEngineImage.IsAnimation(frames) ? canvas.Pixels * frames.Count : sizes.Sum(size => size.Pixels),
        };
    }

    private static bool IsJpeg(MagickFormat format) => format is MagickFormat.Jpeg or MagickFormat.Jpg;
}
