namespace ActorImaging.Imaging.Png;

/// <summary>The rows of an image as the writer asks for them: from the top down, a band at a time, never the whole image.</summary>
/// <remarks>
/// To write from something that makes its rows on the way (a kernel, a decoder), derive from this and fill the rows asked for.
/// A source is asked by one thread only. How rows are coded is decided from rows held in memory, 2 MiB at a time, so a source that
/// delivers each row once loses nothing by it; what it does lose is in <see cref="IsRepeatable"/>.
/// </remarks>
internal abstract class PngRows
{
    /// <summary>Longest row that the writer takes, in bytes; its buffers hold two rows at least.</summary>
    internal const int MaxRowBytes = 1 << 29;

    /// <summary>Describes the image; the rows follow when they are asked for.</summary>
    /// <param name="widthPixels">Columns, at least 1.</param>
    /// <param name="heightPixels">Rows, at least 1.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a row of more than 512 MiB.</exception>
    protected PngRows(int widthPixels, int heightPixels, PngPixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format.RowBytes(widthPixels), MaxRowBytes, nameof(widthPixels));
        WidthPixels = widthPixels;
        HeightPixels = heightPixels;
        Format = format;
        RowBytes = (int)format.RowBytes(widthPixels);
    }

    /// <summary>Columns.</summary>
    public int WidthPixels { get; }

    /// <summary>Rows.</summary>
    public int HeightPixels { get; }

    /// <summary>How a pixel is laid out.</summary>
    public PngPixelFormat Format { get; }

    /// <summary>Bytes of a row, without padding.</summary>
    public int RowBytes { get; }

    /// <summary>
    /// Whether rows can be read again, in any order. If so the writer looks at all pixels first, to drop an opaque alpha channel, equal
    /// colour channels, or all colours for a palette; if not, it writes the channels as they come.
    /// </summary>
    public virtual bool IsRepeatable => false;

    /// <summary>The rows of <paramref name="pixels"/>, which must outlive them; no reference is taken.</summary>
    public static PngRows From(PixelBuffer pixels) => new PixelBufferRows(pixels);

    /// <summary>Fills <paramref name="destination"/> with rows <paramref name="firstRow"/> and following, packed.</summary>
    /// <param name="firstRow">The row after the last one read, or any row where <see cref="IsRepeatable"/> says so.</param>
    /// <param name="count">Rows, at least 1.</param>
    /// <param name="destination">Exactly <paramref name="count"/> times <see cref="RowBytes"/>.</param>
    public abstract void ReadRows(int firstRow, int count, Span<byte> destination);
}
