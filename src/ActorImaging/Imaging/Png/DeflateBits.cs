using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Png;

/// <summary>Bits on their way into bytes, the lowest first (RFC 1951, 3.1.1). At most seven wait between two calls.</summary>
/// <remarks>Writes eight bytes at a time: the memory must reach seven bytes beyond the last one that is used.</remarks>
internal unsafe struct DeflateBits
{
    private byte* _next;
    private ulong _waiting;
    private int _waitingBits;

    /// <summary>Goes on at <paramref name="next"/> with the bits that an earlier writer left.</summary>
    public DeflateBits(byte* next, int waiting, int waitingBits)
    {
        _next = next;
        _waiting = (uint)waiting;
        _waitingBits = waitingBits;
    }

    /// <summary>Where the next byte goes.</summary>
    public readonly byte* Next => _next;

    /// <summary>The bits that do not fill a byte yet.</summary>
    public readonly int Waiting => (int)_waiting;

    /// <summary>How many they are, 0 to 7.</summary>
    public readonly int WaitingBits => _waitingBits;

    /// <summary>Appends the lowest <paramref name="count"/> bits of <paramref name="bits"/>; higher ones must be zero.</summary>
    /// <param name="bits">The bits, first one lowest.</param>
    /// <param name="count">0 to 57.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ulong bits, int count)
    {
        _waiting |= bits << _waitingBits;
        _waitingBits += count;
        Unsafe.WriteUnaligned(_next, BitConverter.IsLittleEndian ? _waiting : BinaryPrimitives.ReverseEndianness(_waiting));
        _next += _waitingBits >> 3;
        _waiting >>= _waitingBits & ~7;
        _waitingBits &= 7;
    }

    /// <summary>Fills the last byte up with zero bits.</summary>
    public void Align() => Put(0, -_waitingBits & 7);

    /// <summary>Appends whole bytes; the bits before them must be aligned.</summary>
    public void PutBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(_next, bytes.Length));
        _next += bytes.Length;
    }
}
