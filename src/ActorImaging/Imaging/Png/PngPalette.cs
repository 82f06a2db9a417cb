namespace ActorImaging.Imaging.Png;

/// <summary>Up to 256 colours, each with its place: collected while an image is looked through, then sorted.</summary>
/// <remarks>A colour is 0xAARRGGBB. One thread while it is collected; sorted, it is read only.</remarks>
internal sealed class PngPalette
{
    /// <summary>Colours that a palette can hold.</summary>
    public const int MaxColours = 256;

    private const int Slots = 1024;

    private readonly uint[] _slotColours = new uint[Slots];
    private readonly short[] _slotIndices = new short[Slots];
    private readonly uint[] _colours = new uint[MaxColours];

    private readonly int _limit;

    /// <summary>An empty palette.</summary>
    /// <param name="limit">Colours allowed, 1 to 256.</param>
    public PngPalette(int limit = MaxColours)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxColours);
        _limit = limit;
        Array.Fill(_slotIndices, (short)-1);
    }

    /// <summary>Colours held.</summary>
    public int Count { get; private set; }

    /// <summary>Bits of an index: 1, 2, 4 or 8.</summary>
    public int BitDepth => Count switch
    {
        <= 2 => 1,
        <= 4 => 2,
        <= 16 => 4,
        _ => 8,
    };

    /// <summary>The colour at a place.</summary>
    public uint this[int index] => _colours[index];

    /// <summary>Takes a colour in.</summary>
    /// <returns>False where it would be one too many.</returns>
    public bool TryAdd(uint colour)
    {
        var slot = SlotOf(colour);
        if (_slotIndices[slot] >= 0)
            return true;
        if (Count == _limit)
            return false;
        _slotColours[slot] = colour;
        _slotIndices[slot] = (short)Count;
        _colours[Count++] = colour;
        return true;
    }

    /// <summary>The place of a colour held.</summary>
    public byte IndexOf(uint colour) => (byte)_slotIndices[SlotOf(colour)];

    /// <summary>
    /// Orders the colours: translucent ones first, so that tRNS can end after them, then from dark to light, so that neighbouring shades
    /// have neighbouring indices and filters still foresee them.
    /// </summary>
    public void Sort()
    {
        _colours.AsSpan(0, Count).Sort(static (left, right) => OrderOf(left).CompareTo(OrderOf(right)));
        for (var index = 0; index < Count; index++)
        {
            _slotIndices[SlotOf(_colours[index])] = (short)index;
        }
    }

    private static (bool IsOpaque, uint Luma, uint Colour) OrderOf(uint colour)
    {
        var luma = (2 * ((colour >> 16) & 0xFF)) + (5 * ((colour >> 8) & 0xFF)) + (colour & 0xFF);
        return (colour >> 24 == 0xFF, luma, colour);
    }

    private int SlotOf(uint colour)
    {
        var slot = (int)((colour * 2654435769u) >> 22);
        while (_slotIndices[slot] >= 0 && _slotColours[slot] != colour)
        {
            slot = (slot + 1) % Slots;
        }
        return slot;
    }
}
