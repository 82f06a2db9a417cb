using ActorImaging.Imaging.Png;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class RowFilterSpecs
{
    private static readonly Gen<(byte[] Row, byte[] Above, int PixelBytes, int Filter)> GenRows =
        from length in Gen.Int[1, 400]
        from row in Gen.OneOf(Gen.Byte, Gen.Byte[100, 104]).Array[length]
        from above in Gen.OneOf(Gen.Byte, Gen.Byte[100, 104]).Array[length]
        from pixelBytes in Gen.Int[1, 4]
        from filter in Gen.Int[0, 4]
        select (row, above, pixelBytes, filter);

    [Fact]
    public void Should_be_undone_by_the_definition()
    {
        GenRows.Sample(rows =>
        {
            var filtered = new byte[rows.Row.Length];
            RowFilter.Apply((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, filtered);
            var undone = new byte[rows.Row.Length];
            NaiveUnfilter.Undo(rows.Filter, filtered, rows.Above, rows.PixelBytes, undone);
            return undone.AsSpan().SequenceEqual(rows.Row);
        });
    }

    [Fact]
    public void Should_give_the_same_bytes_with_and_without_vectors()
    {
        GenRows.Sample(rows =>
        {
            byte[] vectors = new byte[rows.Row.Length], scalar = new byte[rows.Row.Length];
            RowFilter.Apply((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, vectors);
            RowFilter.ApplyScalar((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, scalar);
            return vectors.AsSpan().SequenceEqual(scalar);
        });
    }

    [Fact]
    public void Should_predict_as_Paeth_for_all_neighbours()
    {
        // 256 x 256 pairs of left and above in turn with every ninth above-left: each row holds one left and one above-left.
        for (var left = 0; left < 256; left += 5)
        {
            for (var aboveLeft = 0; aboveLeft < 256; aboveLeft += 3)
            {
                AssertPaeth((byte)left, (byte)aboveLeft);
            }
        }
    }

    [Fact]
    public void Should_leave_only_zeros_of_a_solid_colour()
    {
        byte[] row = [.. Enumerable.Repeat((byte)77, 100)];
        foreach (var filter in new[] { PngFilter.Sub, PngFilter.Up, PngFilter.Average, PngFilter.Paeth })
        {
            var filtered = new byte[row.Length];
            RowFilter.Apply(filter, row, row, 1, filtered);
            Assert.True(filtered.AsSpan(1).IndexOfAnyExcept((byte)0) < 0, filter.ToString());
        }
    }

    private static void AssertPaeth(byte left, byte aboveLeft)
    {
        // Even places hold left and above-left, odd places are predicted from them.
        var row = new byte[513];
        var above = new byte[513];
        for (var at = 0; at < 256; at++)
        {
            (row[2 * at], above[2 * at]) = (left, aboveLeft);
            (row[(2 * at) + 1], above[(2 * at) + 1]) = (0, (byte)at);
        }
        byte[] vectors = new byte[513], scalar = new byte[513];
        RowFilter.Apply(PngFilter.Paeth, row, above, 1, vectors);
        RowFilter.ApplyScalar(PngFilter.Paeth, row, above, 1, scalar);
        Assert.True(vectors.AsSpan().SequenceEqual(scalar), $"left {left}, above-left {aboveLeft}");
    }
}
