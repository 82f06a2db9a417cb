namespace ActorImaging.Imaging.Png;

/// <summary>
/// What zlib writes to. Detached, it drops what comes: so that a compressor can be closed without its mark for the end of the stream.
/// </summary>
internal sealed class MatcherOutput(ImageDataStream output) : SequentialWriteStream
{
    /// <summary>Whether bytes are dropped.</summary>
    public bool IsDetached { get; set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsDetached)
            output.Write(buffer);
    }
}
