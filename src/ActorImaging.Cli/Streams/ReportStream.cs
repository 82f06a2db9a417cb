namespace ActorImaging.Cli.Streams;

/// <summary>
/// Standard output or error as what only reports sees it: writing never fails. The first fault is remembered, and nothing is written after it: a report
/// with a hole in it could be taken for a whole one.
/// </summary>
/// <param name="write">Writes to where reports go.</param>
internal sealed class ReportStream(ReportStream.Writing write) : Stream
{
    /// <summary>Writes some of it.</summary>
    internal delegate void Writing(ReadOnlySpan<byte> content);

    /// <summary>Why not everything was written; null as long as it was.</summary>
    public string? Fault { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output or error of this process.</summary>
    /// <param name="descriptor">Its number.</param>
    public static ReportStream Open(int descriptor)
    {
        if (StandardDescriptor.IsClosed(descriptor))
        {
            return new ReportStream(_ => throw new IOException("it is closed"));
        }

        if (!OperatingSystem.IsWindows())
        {
            return new ReportStream(content => StandardDescriptor.Write(descriptor, content));
        }

        var console = descriptor == StandardDescriptor.Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
        return new ReportStream(console.Write);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Fault is not null || buffer.IsEmpty)
        {
            return;
        }

        try
        {
            write(buffer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = fault.Message;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
