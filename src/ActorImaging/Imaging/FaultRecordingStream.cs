namespace ActorImaging.Imaging;

/// <summary>
/// Passes everything on and remembers the first fault of a write: native encoders swallow what their output stream throws and report
/// something else, or nothing, so that a full disk would look like a damaged image.
/// </summary>
internal sealed class FaultRecordingStream(Stream inner) : Stream
{
    private Exception? _fault;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>Has something written to a stream.</summary>
    /// <exception cref="IOException">A write failed, whatever the writer made of that.</exception>
    public static void Run(Stream stream, Action<Stream> write)
    {
        using var watched = new FaultRecordingStream(stream);
        try
        {
            write(watched);
        }
        catch when (watched._fault is not null)
        {
            throw new IOException(watched._fault.Message, watched._fault); // the writer's own account of it says less
        }

        if (watched._fault is { } unnoticed)
        {
            throw new IOException(unnoticed.Message, unnoticed);
        }
    }

    public override void Flush() => Record(inner.Flush);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => Record(() => inner.SetLength(value));

    public override void Write(byte[] buffer, int offset, int count) => Record(() => inner.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException fault)
        {
            _fault ??= fault;
            throw;
        }
    }

    private void Record(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault)
        {
            _fault ??= fault;
            throw;
        }
    }
}
