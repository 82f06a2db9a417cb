namespace ActorImaging.Imaging.Png;

/// <summary>Counts what is written and drops it.</summary>
internal sealed class CountingStream : SequentialWriteStream
{
    /// <summary>Bytes written.</summary>
    public long CountBytes { get; private set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => CountBytes += buffer.Length;
}
