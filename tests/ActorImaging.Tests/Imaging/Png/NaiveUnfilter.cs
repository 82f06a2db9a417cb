namespace ActorImaging.Tests.Imaging.Png;

/// <summary>Undoes a filter byte by byte (PNG specification, third edition, 9.2).</summary>
internal static class NaiveUnfilter
{
    public static void Undo(int filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> row)
    {
        for (var at = 0; at < filtered.Length; at++)
        {
            int a = at >= pixelBytes ? row[at - pixelBytes] : 0, b = above[at], c = at >= pixelBytes ? above[at - pixelBytes] : 0;
            row[at] = (byte)(filtered[at] + filter switch
            {
                0 => 0,
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                4 => Paeth(a, b, c),
                _ => throw new InvalidDataException($"filter {filter}"),
            });
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        var estimate = a + b - c;
        int toA = Math.Abs(estimate - a), toB = Math.Abs(estimate - b), toC = Math.Abs(estimate - c);
        if (toA <= toB && toA <= toC)
            return a;
        return toB <= toC ? b : c;
    }
}
