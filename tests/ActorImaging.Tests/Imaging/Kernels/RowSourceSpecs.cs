using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

/// <summary>What holds for every kernel: rows may be taken in any bands and order, the source is not touched, nothing leaks.</summary>
[Collection("Native memory")]
public class RowSourceSpecs
{
    private static readonly Func<PixelBuffer, RowSource>[] Kernels =
    [
        source => GaussianBlur.Of(source, 2.5),
        source => Sharpen.Of(source, 1),
        source => Resample.Of(source, 19, 23, ResampleFilter.Lanczos),
        source => Resample.Of(source, 70, 9, ResampleFilter.Mitchell),
        source => new Grayscale(source),
        source => new Tint(source, (255, 215, 0), (100, 100, 100)),
        source => RightAngleRotation.Of(source, 90),
        source => RightAngleRotation.Of(source, 180),
        source => RightAngleRotation.Of(source, 270),
        source => new Flip(source),
        source => new Flop(source),
        source => new Crop(source, 0, 0, source.WidthPixels, source.HeightPixels),
    ];

    private static readonly Gen<int> KernelIndices = Gen.Int[0, Kernels.Length - 1];

    [Fact]
    public void Should_give_the_same_rows_in_bands_from_top_to_bottom() => Gen.Select(Picture.Any, KernelIndices, Gen.Int[1, 40]).Sample(
        (picture, kernel, bandRows) =>
        {
            using var source = picture.ToPixelBuffer();
            using var whole = Comparison.Run(source, Kernels[kernel]);
            using var rows = Kernels[kernel](source);
            var band = new byte[bandRows * rows.StrideBytes];
            for (var y = 0; y < rows.HeightPixels; y += bandRows)
            {
                var read = band.AsSpan(0, Math.Min(bandRows, rows.HeightPixels - y) * rows.StrideBytes);
                rows.ReadRows(y, read);
                Assert.True(read.SequenceEqual(Comparison.Bytes(whole).Slice(y * rows.StrideBytes, read.Length)), $"rows from {y} on");
            }
        },
        iter: 300);

    [Fact]
    public void Should_give_the_same_rows_in_any_order() => Gen.Select(Picture.Any, KernelIndices, Gen.Int).Sample(
        (picture, kernel, seed) =>
        {
            using var source = picture.ToPixelBuffer();
            using var whole = Comparison.Run(source, Kernels[kernel]);
            using var rows = Kernels[kernel](source);
            var row = new byte[rows.StrideBytes];
            var random = new Random(seed);
            for (var read = 0; read < 20; read++)
            {
                var y = random.Next(rows.HeightPixels);
                rows.ReadRows(y, row);
                Assert.True(row.AsSpan().SequenceEqual(whole.Row(y)), $"row {y}");
            }
        },
        iter: 200);

    [Fact]
    public void Should_leave_the_source_as_it_is() => Gen.Select(Picture.Any, KernelIndices).Sample(
        (picture, kernel) =>
        {
            using var source = picture.ToPixelBuffer();
            using var untouched = picture.ToPixelBuffer();
            Comparison.Run(source, Kernels[kernel]).Dispose();
            Assert.True(Comparison.Bytes(source).SequenceEqual(Comparison.Bytes(untouched)));
        },
        iter: 100);

    [Fact]
    public void Should_hold_the_source_until_disposed_and_leak_nothing()
    {
        var takenBefore = NativePixelPool.TakenBytes;
        foreach (var kernel in Kernels)
        {
            var source = new Picture(50, 40, 4, Pattern.Noise, Pattern.Noise, 1).ToPixelBuffer();
            var rows = kernel(source);
            source.Dispose();
            rows.ToPixelBuffer().Dispose();
            rows.Dispose();
            rows.Dispose();
            Assert.Throws<ObjectDisposedException>(() => source.AddReference());
            Assert.Throws<ObjectDisposedException>(rows.ToPixelBuffer);
        }

        Assert.Equal(takenBefore, NativePixelPool.TakenBytes);
    }

    [Fact]
    public void Should_leak_nothing_where_there_is_no_memory()
    {
        var takenBefore = NativePixelPool.TakenBytes;
        using (var source = new Picture(1, 1, 4, Pattern.Noise, Pattern.Extremes, 2).ToPixelBuffer())
        {
            source.Row(0)[3] = 128;
            Assert.Throws<OutOfMemoryException>(() => new Unaffordable(source));
            using var reference = source.AddReference();
        }

        Assert.Equal(takenBefore, NativePixelPool.TakenBytes);
    }

    [Fact]
    public void Should_refuse_rows_that_are_not_there()
    {
        using var source = new Picture(5, 4, 3, Pattern.Noise, Pattern.Flat, 1).ToPixelBuffer();
        using var rows = new Flip(source);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.ReadRows(-1, new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.ReadRows(3, new byte[30]));
        var fault = Assert.Throws<ArgumentException>(() => rows.ReadRows(0, new byte[16]));
        Assert.StartsWith("Expected whole rows of 15 bytes but received 16 bytes.", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Wants more memory than there is, after it has some.</summary>
    private sealed class Unaffordable : RowSource
    {
        internal Unaffordable(PixelBuffer source)
            : base(source, 1, 1, 4)
        {
            TakeScratch(1, 100);
            TakeScratch(int.MaxValue, long.MaxValue / int.MaxValue / 2);
        }

        protected override unsafe void Compute(int firstRow, int count, byte* to) => throw new NotSupportedException();
    }
}

/// <summary>Specs that look at all native memory of the process run alone.</summary>
[CollectionDefinition("Native memory", DisableParallelization = true)]
public class NativeMemoryAlone;
