namespace ActorImaging.Imaging;

/// <summary>
/// Decoded pixels in native memory: 8 bits a channel, interleaved, rows packed without padding, top row first.
/// </summary>
/// <remarks>
/// Reference-counted: <see cref="Allocate"/> hands out the first reference, <see cref="AddReference"/> another, each <see cref="Dispose"/>
/// takes one back, and the last one frees the memory. Counting is thread-safe; the pixels are not guarded, so whoever fills a buffer does
/// it before sharing it, and a shared buffer is read only.
/// </remarks>
internal sealed unsafe class PixelBuffer : IDisposable
{
    private static long _liveBytes;
    private byte* _pixels;
    private int _references = 1;

    private PixelBuffer(int widthPixels, int heightPixels, int channels)
    {
        WidthPixels = widthPixels;
        HeightPixels = heightPixels;
        Channels = channels;
        LengthBytes = (long)widthPixels * heightPixels * channels;
        _pixels = NativePixelPool.Take(LengthBytes);
        Interlocked.Add(ref _liveBytes, LengthBytes);
    }

    /// <summary>Bytes held by all live buffers of the process; zero when nothing leaks.</summary>
    public static long LiveBytes => Interlocked.Read(ref _liveBytes);

    /// <summary>Columns, at least 1.</summary>
    public int WidthPixels { get; }

    /// <summary>Rows, at least 1.</summary>
    public int HeightPixels { get; }

    /// <summary>Bytes a pixel: 1 gray, 2 gray and alpha, 3 red-green-blue, 4 red-green-blue-alpha.</summary>
    public int Channels { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int StrideBytes => WidthPixels * Channels;

    /// <summary>Bytes of all pixels.</summary>
    public long LengthBytes { get; }

    /// <summary>The first pixel of the top row.</summary>
    /// <exception cref="ObjectDisposedException">The last reference was given back.</exception>
    public byte* Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels;
        }
    }

    /// <summary>Takes uninitialised memory for an image of <paramref name="widthPixels"/> by <paramref name="heightPixels"/>.</summary>
    /// <param name="widthPixels">Columns, at least 1.</param>
    /// <param name="heightPixels">Rows, at least 1.</param>
    /// <param name="channels">Bytes a pixel, 1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, channels outside 1 to 4, or a row of more than 2 GiB.</exception>
    public static PixelBuffer Allocate(int widthPixels, int heightPixels, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(widthPixels, int.MaxValue / channels);
        return new PixelBuffer(widthPixels, heightPixels, channels);
    }

    /// <summary>The bytes of row <paramref name="y"/>, 0 at the top.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int y) => Rows(y, 1);

    /// <summary>The bytes of <paramref name="count"/> rows from <paramref name="firstRow"/> on, 0 at the top.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    /// <exception cref="OverflowException">They are more than 2 GiB.</exception>
    public Span<byte> Rows(int firstRow, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, HeightPixels - count);
        return new Span<byte>(Pixels + ((long)firstRow * StrideBytes), checked(count * StrideBytes));
    }

    /// <summary>Takes one more reference for another owner, who disposes it.</summary>
    /// <exception cref="ObjectDisposedException">The last reference was given back already.</exception>
    public PixelBuffer AddReference()
    {
        int held;
        do
        {
            held = Volatile.Read(ref _references);
            ObjectDisposedException.ThrowIf(held == 0, this);
        }
        while (Interlocked.CompareExchange(ref _references, held + 1, held) != held);
        return this;
    }

    /// <summary>Gives one reference back; the last one frees the memory. A call too many does nothing.</summary>
    public void Dispose()
    {
        int held;
        do
        {
            held = Volatile.Read(ref _references);
            if (held == 0)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _references, held - 1, held) != held);
        if (held == 1)
        {
            Release();
        }
    }

    private void Release()
    {
        NativePixelPool.GiveBack(_pixels, LengthBytes);
        _pixels = null;
        Interlocked.Add(ref _liveBytes, -LengthBytes);
    }
}
