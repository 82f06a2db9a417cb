using System.Buffers.Binary;
using System.IO.Compression;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// Writes one zlib stream (RFC 1950) in which stretches coded by <see cref="LiteralBlock"/> alternate with stretches coded by zlib
/// itself, as each part of the picture asks.
/// </summary>
/// <remarks>
/// Both end on a byte where they meet. A stretch of matches begins with a compressor that has seen nothing, so it never points back
/// beyond its own beginning; as long as matches follow matches of one level it goes on undisturbed, and an image of one kind costs
/// nothing for the possibility. One thread at a time.
/// </remarks>
internal sealed class ImageDataCompressor(ImageDataStream output) : IDisposable
{
    private uint _checksum = Adler32.Initial;
    private bool _hasBegun;
    private DeflateStream? _matcher;
    private MatcherOutput? _matcherOutput;
    private int _matcherLevel;
    private int _waiting;
    private int _waitingBits;

    /// <summary>Appends filtered bytes as literals.</summary>
    public void WriteLiterals(ReadOnlySpan<byte> data)
    {
        Begin(data);
        EndMatches();
        var blocks = (data.Length + LiteralBlock.MaxBytes - 1) / LiteralBlock.MaxBytes;
        for (; blocks > 0; blocks--)
        {
            var block = data[..(data.Length / blocks)];
            WriteLiteralBlock(block);
            data = data[block.Length..];
        }
    }

    /// <summary>Appends filtered bytes as zlib finds matches in them.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="level">zlib's level, 1 (fast) to 9 (small).</param>
    public void WriteMatches(ReadOnlySpan<byte> data, int level)
    {
        Begin(data);
        if (_matcher is null || _matcherLevel != level)
            BeginMatches(level);
        _matcher!.Write(data);
    }

    /// <summary>Ends the stream. Without it the stream stays unfinished.</summary>
    public void Finish()
    {
        Begin([]);
        if (_matcher is null)
            WriteLastBlock();
        else
            CloseMatcher();
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, _checksum);
        output.Write(checksum);
    }

    /// <summary>Frees zlib's memory; writes nothing.</summary>
    public void Dispose()
    {
        if (_matcherOutput is not null)
            _matcherOutput.IsDetached = true;
        CloseMatcher();
    }

    private void Begin(ReadOnlySpan<byte> data)
    {
        // Deflate with a window of 32 KiB; no preset dictionary; the level a decoder may ignore (RFC 1950, 2.2).
        if (!_hasBegun)
            output.Write([0x78, 0x5E]);
        _hasBegun = true;
        _checksum = Adler32.Append(_checksum, data);
    }

    private void BeginMatches(int level)
    {
        EndMatches();
        if (_waitingBits > 0)
            WriteSeam();
        _matcherOutput = new MatcherOutput(output);
        _matcher = new DeflateStream(_matcherOutput, new ZLibCompressionOptions { CompressionLevel = level });
        _matcherLevel = level;
    }

    /// <summary>Flushes zlib up to a byte, and keeps its mark for the end of the stream out of the output: the stream goes on.</summary>
    private void EndMatches()
    {
        if (_matcher is null)
            return;
        _matcher.Flush();
        _matcherOutput!.IsDetached = true;
        CloseMatcher();
    }

    private void CloseMatcher()
    {
        _matcher?.Dispose();
        _matcherOutput?.Dispose();
        _matcher = null;
        _matcherOutput = null;
    }

    private unsafe void WriteLiteralBlock(ReadOnlySpan<byte> block)
    {
        fixed (byte* start = output.GetSpan(LiteralBlock.MaxOutputBytes(block.Length)))
        {
            var bits = new DeflateBits(start, _waiting, _waitingBits);
            LiteralBlock.Write(block, ref bits);
            Keep(bits, start);
        }
    }

    /// <summary>Fills the last byte up with a stored block of no bytes.</summary>
    private unsafe void WriteSeam()
    {
        fixed (byte* start = output.GetSpan(LiteralBlock.MaxOutputBytes(0)))
        {
            var bits = new DeflateBits(start, _waiting, _waitingBits);
            LiteralBlock.WriteStoredHeader(0, ref bits);
            Keep(bits, start);
        }
    }

    /// <summary>Ends the blocks with one that holds nothing: its mark, the fixed code, and the seven zero bits that end a block.</summary>
    private unsafe void WriteLastBlock()
    {
        fixed (byte* start = output.GetSpan(LiteralBlock.MaxOutputBytes(0)))
        {
            var bits = new DeflateBits(start, _waiting, _waitingBits);
            bits.Put(0b011, 3 + 7);
            bits.Align();
            Keep(bits, start);
        }
    }

    private unsafe void Keep(in DeflateBits bits, byte* start)
    {
        output.Advance((int)(bits.Next - start));
        _waiting = bits.Waiting;
        _waitingBits = bits.WaitingBits;
    }
}
