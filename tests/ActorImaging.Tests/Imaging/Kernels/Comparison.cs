using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>Holds a kernel against ImageMagick, itself at other widths, or other pixels.</summary>
internal static class Comparison
{
    /// <summary>Every width that can be forced, on any processor: what it lacks .NET composes.</summary>
    internal static readonly LaneWidth[] Widths = Enum.GetValues<LaneWidth>();

    /// <summary>
    /// Asserts that kernel and ImageMagick differ by no more than one level in any channel, and scalars and vectors not at all.
    /// </summary>
    internal static void ShouldAgree(Picture picture, Func<PixelBuffer, LaneWidth, RowSource> kernel, Action<MagickImage> operation)
    {
        using var source = picture.ToPixelBuffer();
        using var expected = MagickOracle.Apply(source, operation);
        using var actual = Run(source, buffer => kernel(buffer, LaneWidths.Native));
        ShouldBeWithinOneLevel(expected, actual);
        foreach (var width in Widths)
        {
            using var other = Run(source, buffer => kernel(buffer, width));
            Assert.True(Bytes(actual).SequenceEqual(Bytes(other)), $"{width} differs from {LaneWidths.Native}");
        }
    }

    /// <summary>The whole result of a kernel.</summary>
    internal static PixelBuffer Run(PixelBuffer source, Func<PixelBuffer, RowSource> kernel)
    {
        using var rows = kernel(source);
        return rows.ToPixelBuffer();
    }

    /// <summary>
    /// Asserts that two pictures have one shape and differ by no more than one level in any channel. Where both are fully transparent the
    /// colours may be anything: nobody sees them, and ImageMagick's own are what is left of a division of rounding errors.
    /// </summary>
    internal static void ShouldBeWithinOneLevel(PixelBuffer expected, PixelBuffer actual)
    {
        Assert.Equal(Shape(expected), Shape(actual));
        ReadOnlySpan<byte> want = Bytes(expected), got = Bytes(actual);
        for (var at = 0; at < want.Length; at++)
        {
            if (Math.Abs(want[at] - got[at]) > 1 && !IsInvisible(want, got, at, expected.Channels))
            {
                Assert.Fail($"Byte {at} of {Shape(expected)}: expected {want[at]} but was {got[at]}");
            }
        }
    }

    /// <summary>All pixels of a buffer.</summary>
    internal static unsafe ReadOnlySpan<byte> Bytes(PixelBuffer buffer) => new(buffer.Pixels, checked((int)buffer.LengthBytes));

    private static string Shape(PixelBuffer buffer) => $"{buffer.WidthPixels}x{buffer.HeightPixels}, {buffer.Channels} channels";

    private static bool IsInvisible(ReadOnlySpan<byte> want, ReadOnlySpan<byte> got, int at, int channels)
    {
        var alpha = (at / channels * channels) + channels - 1;
        return channels is 2 or 4 && want[alpha] == 0 && got[alpha] == 0;
    }
}
