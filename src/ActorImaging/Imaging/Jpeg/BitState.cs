namespace ActorImaging.Imaging.Jpeg;

/// <summary>How far compressed data have been decoded.</summary>
internal struct BitState
{
    /// <summary>The next bits, the first of them uppermost.</summary>
    public ulong Bits;

    /// <summary>How many of them count; behind these are the bits that follow, or zeros.</summary>
    public int Count;

    /// <summary>Which byte the bits behind those that count are from.</summary>
    public int At;

    /// <summary>Anything but 0 when a code stood there that no symbol has.</summary>
    public uint Faults;
}
