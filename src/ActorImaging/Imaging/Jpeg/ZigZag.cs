using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The order in which the coefficients of a block are coded (ITU-T T.81, figure A.6).</summary>
internal static class ZigZag
{
    private const int BlockRows = 8;
    private const int RowPatterns = 256;

    private static readonly ulong[] RowBits = MakeRowBits();

    /// <summary>For each place in the order of coding, where the coefficient is in a block that is stored row by row; and so for those behind the last one.</summary>
    public static ReadOnlySpan<byte> Places =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
        12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
        64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
        79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
    ];

    /// <summary>For each place in the order, where the coefficient is in a block that is stored row by row.</summary>
    public static ReadOnlySpan<byte> Natural => Places[..(BlockRows * BlockRows)];

    /// <summary>Brings 64 bits, one a coefficient row by row, into the order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Reorder(ulong naturalBits)
    {
        ulong reordered = 0;
        for (var row = 0; naturalBits != 0; row += RowPatterns, naturalBits >>= BlockRows)
        {
            reordered |= RowBits[row + (byte)naturalBits];
        }

        return reordered;
    }

    private static ulong[] MakeRowBits()
    {
        var made = new ulong[BlockRows * RowPatterns];
        for (var place = 0; place < Natural.Length; place++)
        {
            var (row, column) = Math.DivRem((int)Natural[place], BlockRows);
            for (var pattern = 0; pattern < RowPatterns; pattern++)
            {
                made[(row * RowPatterns) + pattern] |= (ulong)((pattern >> column) & 1) << place;
            }
        }

        return made;
    }
}
