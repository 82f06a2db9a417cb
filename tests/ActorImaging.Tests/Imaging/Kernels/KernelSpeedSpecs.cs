using System.Diagnostics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>The one guard against a kernel that has lost its vectors; measured ratios are 25 and more.</summary>
[Collection("Native memory")]
public class KernelSpeedSpecs
{
    [Fact]
    public void Should_blur_at_least_four_times_as_fast_as_ImageMagick()
    {
        using var source = new Picture(400, 300, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer();
        using var image = MagickOracle.Open(source);
        var kernel = Fastest(() => Comparison.Run(source, buffer => GaussianBlur.Of(buffer, 5)).Dispose());
        var magick = Fastest(() =>
        {
            using var clone = image.Clone();
            clone.Blur(0, 5);
        });
        Assert.True(magick > 4 * kernel, $"ImageMagick {magick.TotalMilliseconds} ms, kernel {kernel.TotalMilliseconds} ms");
    }

    private static TimeSpan Fastest(Action action) => Enumerable.Range(0, 5).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    });
}
