using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ImageMagick;

namespace ActorImaging.Benchmarks;

/// <summary>Each kernel beside Magick.NET's operation, on one thread.</summary>
[ShortRunJob]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[HideColumns("Error", "StdDev", "RatioSD")]
public class KernelBenchmarks
{
    private const double BlurSigma = 5;
    private const double SharpenSigma = 1;
    private const double QuarterTurnDegrees = 90;
    private const int TintPercent = 100;

    private PixelBuffer _pixels = null!;
    private MagickImage _image = null!;

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Draw()
    {
        _pixels = Pictures.Noise(2000, 1500);
        _image = Pictures.ToMagick(_pixels);
    }

    /// <summary>Gives it back.</summary>
    [GlobalCleanup]
    public void Release()
    {
        _image.Dispose();
        _pixels.Dispose();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("blur")]
    public void MagickBlur() => OnClone(image => image.Blur(0, BlurSigma));

    [Benchmark, BenchmarkCategory("blur")]
    public void Blur() => Run(GaussianBlur.Of(_pixels, BlurSigma));

    [Benchmark(Baseline = true), BenchmarkCategory("sharpen")]
    public void MagickSharpen() => OnClone(image => image.Sharpen(0, SharpenSigma));

    [Benchmark, BenchmarkCategory("sharpen")]
    public void Sharpen() => Run(Imaging.Kernels.Sharpen.Of(_pixels, SharpenSigma));

    [Benchmark(Baseline = true), BenchmarkCategory("resize to a fifth")]
    public void MagickResizeToFifth() => OnClone(image => image.Resize(400, 300));

    [Benchmark, BenchmarkCategory("resize to a fifth")]
    public void ResizeToFifth() => Run(Resample.Of(_pixels, 400, 300, ResampleTarget.Of(_pixels, 400, 300).Filter));

    [Benchmark(Baseline = true), BenchmarkCategory("resize to four fifths")]
    public void MagickResizeToFourFifths() => OnClone(image => image.Resize(1600, 1200));

    [Benchmark, BenchmarkCategory("resize to four fifths")]
    public void ResizeToFourFifths() => Run(Resample.Of(_pixels, 1600, 1200, ResampleTarget.Of(_pixels, 1600, 1200).Filter));

    [Benchmark(Baseline = true), BenchmarkCategory("grayscale")]
    public void MagickGrayscale() => OnClone(image => image.Grayscale());

    [Benchmark, BenchmarkCategory("grayscale")]
    public void Grayscale() => Run(new Grayscale(_pixels));

    [Benchmark(Baseline = true), BenchmarkCategory("rotate")]
    public void MagickRotate() => OnClone(image => image.Rotate(QuarterTurnDegrees));

    [Benchmark, BenchmarkCategory("rotate")]
    public void Rotate() => Run(RightAngleRotation.Of(_pixels, QuarterTurnDegrees));

    [Benchmark(Baseline = true), BenchmarkCategory("tint")]
    public void MagickTint() => OnClone(image => image.Tint(new MagickGeometry(new Percentage(TintPercent), new Percentage(TintPercent)), new MagickColor("#ff6432")));

    [Benchmark, BenchmarkCategory("tint")]
    public void Tint() => Run(new Tint(_pixels, (255, 100, 50), (TintPercent, TintPercent, TintPercent)));

    private static void Run(RowSource kernel)
    {
        using (kernel)
        {
            kernel.ToPixelBuffer().Dispose();
        }
    }

    /// <summary>A clone shares its pixels until it is written to; the copy counts as part of the operation, as a result of a kernel does.</summary>
    private void OnClone(Action<IMagickImage<byte>> operation)
    {
        using var clone = _image.Clone();
        operation(clone);
    }
}
