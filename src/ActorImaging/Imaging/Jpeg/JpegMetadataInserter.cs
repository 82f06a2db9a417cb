using System.Buffers.Binary;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Passes a JPEG on that somebody else writes, and puts what is beside its pixels where it begins.</summary>
/// <param name="output">Receives the JPEG.</param>
/// <param name="metadata">What is put into it.</param>
internal sealed class JpegMetadataInserter(Stream output, ImageMetadata metadata) : SequentialWriteStream
{
    /// <summary>What came so far, until all segments for applications are there; then nothing is held any more.</summary>
    private MemoryStream? _beginning = new();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_beginning is null)
        {
            output.Write(buffer);
            return;
        }

        _beginning.Write(buffer);
        var beginning = _beginning.GetBuffer().AsSpan(0, (int)_beginning.Length);
        if (HasAllOfApplications(beginning))
        {
            JpegMetadataWriter.Write(beginning, metadata, output);
            _beginning = null;
        }
    }

    private static bool HasAllOfApplications(ReadOnlySpan<byte> jpeg)
    {
        const int PrefixBytes = 4;
        var at = 2;
        while (at + PrefixBytes <= jpeg.Length && JpegMarker.IsOfApplication(jpeg[at + 1]))
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return at + PrefixBytes <= jpeg.Length;
    }
}
