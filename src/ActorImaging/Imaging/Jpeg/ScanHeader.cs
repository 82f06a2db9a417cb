namespace ActorImaging.Imaging.Jpeg;

/// <summary>The header of a scan (ITU-T T.81, B.2.3).</summary>
/// <param name="Components">The indices of the components in it, as they are coded, with the tables that they are coded by.</param>
/// <param name="First">The place of its first coefficient.</param>
/// <param name="Last">The place of its last coefficient.</param>
/// <param name="BitsBefore">Bits that scans before left out of the coefficients, and this one has; 0 for the first one of these.</param>
/// <param name="BitsLeft">Bits that it leaves out.</param>
internal sealed record ScanHeader(IReadOnlyList<ScanComponent> Components, int First, int Last, int BitsBefore, int BitsLeft)
{
    private const int LastPlace = 63;

    /// <summary>The most bits that can be left out.</summary>
    private const int MostBitsLeft = 13;

    private const int MostTables = 4;

    /// <summary>Reads a header.</summary>
    /// <param name="data">What is behind the marker and the length.</param>
    /// <param name="frame">The frame that it is of.</param>
    /// <exception cref="CorruptSourceException">There is no such scan in the frame.</exception>
    public static ScanHeader Read(ReadOnlySpan<byte> data, JpegFrameHeader frame)
    {
        var count = data.Length > 0 ? data[0] : 0;
        if (count < 1 || count > frame.Components.Length || data.Length != 4 + (2 * count))
        {
            throw Damaged();
        }

        var components = new List<ScanComponent>();
        for (var at = 1; components.Count < count; at += 2)
        {
            var id = data[at];
            var index = Enumerable.Range(0, frame.Components.Length).FirstOrDefault(
                index => frame.Components[index].Id == id && components.TrueForAll(other => other.Index != index), -1);
            components.Add(new ScanComponent(index, data[at + 1] >> 4, data[at + 1] & 15));
        }

        var last = data[^3..];
        var scan = frame.IsProgressive
            ? new ScanHeader(components, last[0], last[1], last[2] >> 4, last[2] & 15)
            : new ScanHeader(components, 0, LastPlace, 0, 0); // some files have nothing but zeros there
        return components.TrueForAll(component => component is { Index: >= 0, DcTable: < MostTables, AcTable: < MostTables })
            && (!frame.IsProgressive || scan.IsStep) ? scan : throw Damaged();
    }

    /// <summary>Whether it is a step of a progression: the DC coefficients, or others of one component.</summary>
    private bool IsStep => (First == 0 ? Last == 0 : First <= Last && Last <= LastPlace && Components.Count == 1)
        && BitsLeft <= MostBitsLeft && (BitsBefore == 0 || BitsLeft == BitsBefore - 1);

    private static CorruptSourceException Damaged() => new("can't be decoded: the header of a scan is damaged");
}

/// <summary>A component in a scan.</summary>
/// <param name="Index">Its index in the frame.</param>
/// <param name="DcTable">The number of its codes of DC coefficients.</param>
/// <param name="AcTable">The number of its codes of AC coefficients.</param>
internal sealed record ScanComponent(int Index, int DcTable, int AcTable);
