using ActorImaging.Imaging.Png;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Png;

public sealed class RowUnfilterSpecs
{
    private static readonly Gen<(byte[] Row, byte[] Above, int PixelBytes, int Filter)> GenRows =
        from pixels in Gen.Int[1, 150]
        from pixelBytes in Gen.OneOf(Gen.Int[1, 4], Gen.Const(6), Gen.Const(8))
        from row in Gen.OneOf(Gen.Byte, Gen.Byte[100, 104]).Array[pixels * pixelBytes]
        from above in Gen.OneOf(Gen.Byte, Gen.Byte[100, 104]).Array[pixels * pixelBytes]
        from filter in Gen.Int[0, 4]
        select (row, above, pixelBytes, filter);

    [Fact]
    public void Should_give_what_the_definition_gives_with_and_without_vectors()
    {
        GenRows.Sample(rows =>
        {
            byte[] defined = new byte[rows.Row.Length], vectors = new byte[rows.Row.Length], scalar = new byte[rows.Row.Length];
            NaiveUnfilter.Undo(rows.Filter, rows.Row, rows.Above, rows.PixelBytes, defined);
            RowUnfilter.Apply((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, vectors);
            RowUnfilter.ApplyScalar((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, scalar);
            return defined.AsSpan().SequenceEqual(vectors) && defined.AsSpan().SequenceEqual(scalar);
        });
    }

    [Fact]
    public void Should_undo_what_the_filter_did()
    {
        GenRows.Sample(rows =>
        {
            byte[] filtered = new byte[rows.Row.Length], undone = new byte[rows.Row.Length];
            RowFilter.Apply((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, filtered);
            RowUnfilter.Apply((PngFilter)rows.Filter, filtered, rows.Above, rows.PixelBytes, undone);
            return undone.AsSpan().SequenceEqual(rows.Row);
        });
    }

    /// <summary>Rows may be longer than the buffers that they lie in are taken for, and nothing behind them may change.</summary>
    [Fact]
    public void Should_touch_nothing_behind_the_row()
    {
        GenRows.Sample(rows =>
        {
            var destination = new byte[rows.Row.Length + 40];
            Array.Fill(destination, (byte)7);
            RowUnfilter.Apply((PngFilter)rows.Filter, rows.Row, rows.Above, rows.PixelBytes, destination.AsSpan(0, rows.Row.Length));
            return destination.AsSpan(rows.Row.Length).IndexOfAnyExcept((byte)7) < 0;
        });
    }
}
