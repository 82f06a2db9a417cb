namespace ActorImaging.Tests.Imaging.Png;

/// <summary>A full disk: takes some bytes, then throws.</summary>
internal sealed class FailingStream(long capacity = 0) : MemoryStream
{
    public int Calls { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Calls++;
        if (Length + buffer.Length > capacity)
            throw new IOException("No space left.");
        SetLength(Length + buffer.Length);
    }
}
