using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>Passes a PNG on that somebody else writes, and puts what is beside its pixels behind its header.</summary>
/// <param name="output">Receives the PNG.</param>
/// <param name="metadata">What is put into it.</param>
internal sealed class PngMetadataInserter(Stream output, ImageMetadata metadata) : SequentialWriteStream
{
    private int _headerBytes;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var header = buffer[..Math.Min(buffer.Length, PngHeader.ImageHeaderEnd - _headerBytes)];
        if (header.Length > 0)
        {
            output.Write(header);
            _headerBytes += header.Length;
            if (_headerBytes == PngHeader.ImageHeaderEnd)
            {
                PngMetadataWriter.Write(new PngChunks(output), metadata);
            }
        }

        output.Write(buffer[header.Length..]);
    }
}
