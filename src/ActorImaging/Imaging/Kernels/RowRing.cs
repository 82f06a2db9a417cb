namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The last rows of a first filter pass, kept for the second one: row y lies in slot y modulo the capacity, so any window of that many
/// neighbouring rows is there at once and each row is filtered once when the picture is read downwards.
/// </summary>
internal sealed unsafe class RowRing
{
    private readonly RowScratch _rows;
    private readonly int[] _held;

    /// <summary>Uses <paramref name="rows"/>, <paramref name="capacity"/> of them, which stay their owner's to dispose.</summary>
    internal RowRing(RowScratch rows, int capacity)
    {
        _held = new int[capacity];
        Array.Fill(_held, -1);
        _rows = rows;
    }

    /// <summary>
    /// The memory of row <paramref name="y"/>; <paramref name="isHeld"/> tells whether it is filled, else the caller fills it now.
    /// </summary>
    internal byte* Claim(int y, out bool isHeld)
    {
        var slot = y % _held.Length;
        isHeld = _held[slot] == y;
        _held[slot] = y;
        return _rows[slot];
    }
}
