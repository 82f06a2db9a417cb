using System.Buffers;
using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// A window over the compressed data of a scan, up to the next marker: without the zeros that are stuffed behind 0xFF, and followed by zeros where they
/// end, as libjpeg imagines them.
/// </summary>
internal sealed class EntropyWindow(JpegStream stream) : IDisposable
{
    /// <summary>
    /// More than the largest MCU takes: 10 blocks of 64 symbols, each of 16 bits and one more where there is no such code, with 15 bits of value. Decoding
    /// reads eight bytes more.
    /// </summary>
    private const int MostMcuBytes = 2688;

    private const int WindowBytes = 32 * 1024;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(WindowBytes + MostMcuBytes);
    private int _length;
    private bool _hasEnded = true;

    /// <summary>The data in the window.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Begins with the data that the stream is at.</summary>
    /// <param name="state">Where decoding begins.</param>
    public void Begin(ref BitState state)
    {
        (state.Bits, state.Count, state.At) = (0, 0, 0);
        (_length, _hasEnded) = (0, false);
    }

    /// <summary>Begins with no data at all, whatever the stream is at.</summary>
    /// <param name="state">Where decoding begins.</param>
    public void BeginEmpty(ref BitState state)
    {
        Begin(ref state);
        End();
    }

    /// <summary>Sees to it that the next MCU can be decoded whatever it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(ref BitState state)
    {
        if (_length - state.At < MostMcuBytes && !_hasEnded)
        {
            Fill(ref state);
        }
    }

    /// <summary>Whether more bits were decoded than there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBehindEnd(in BitState state) => _hasEnded && BitsLeft(state) < 0;

    /// <summary>Goes to the marker behind the data.</summary>
    /// <returns>Whether there were whole bytes that nobody decoded.</returns>
    public bool SkipRest(ref BitState state)
    {
        var isLeft = BitsLeft(state) >= 8;
        while (!_hasEnded)
        {
            state.At = _length;
            Fill(ref state);
            isLeft |= _length > 0;
        }

        BeginEmpty(ref state);
        return isLeft;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long BitsLeft(in BitState state) => ((long)_length - state.At) * 8 + state.Count;

    private void Fill(ref BitState state)
    {
        _bytes.AsSpan(state.At, _length - state.At).CopyTo(_bytes);
        (_length, state.At) = (_length - state.At, 0);
        while (!_hasEnded && _length < WindowBytes)
        {
            if (!stream.TryHave(2))
            {
                TakeLast();
                End();
            }
            else if (!TryCopy())
            {
                End();
            }
        }
    }

    /// <summary>Copies the bytes up to the next 0xFF, and that one if it is data.</summary>
    /// <returns>Whether the data go on.</returns>
    private bool TryCopy()
    {
        var from = stream.Ahead;
        from = from[..Math.Min(from.Length - 1, WindowBytes - _length)]; // what is behind 0xFF must be there
        var found = from.IndexOf((byte)0xFF);
        var plain = found >= 0 ? found : from.Length;
        from[..plain].CopyTo(_bytes.AsSpan(_length));
        _length += plain;
        stream.Skip(plain);
        if (found < 0 || stream.Ahead[1] == 0xFF)
        {
            stream.Skip(found < 0 ? 0 : 1); // a fill byte
            return true;
        }

        if (stream.Ahead[1] != 0)
        {
            return false;
        }

        _bytes[_length++] = 0xFF;
        stream.Skip(2);
        return true;
    }

    /// <summary>The last byte of a file that has no end.</summary>
    private void TakeLast()
    {
        if (stream.Ahead is [not 0xFF])
        {
            _bytes[_length++] = stream.Ahead[0];
            stream.Skip(1);
        }
    }

    private void End()
    {
        _hasEnded = true;
        _bytes.AsSpan(_length, MostMcuBytes).Clear();
    }
}
