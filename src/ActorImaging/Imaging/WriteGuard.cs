namespace ActorImaging.Imaging;

/// <summary>Bytes behind native memory that nobody may write, by which it is seen whether somebody did.</summary>
internal static unsafe class WriteGuard
{
    private const int MostBytes = 256;
    private const uint Multiplier = 0x9E3779B1;

    /// <summary>Other bytes than pixels and coefficients tend to be, each another than its neighbours.</summary>
    private static readonly byte[] Pattern = [.. Enumerable.Range(1, MostBytes).Select(number => (byte)((uint)number * Multiplier >> 24))];

    /// <summary>Writes them.</summary>
    /// <param name="guard">Where.</param>
    /// <param name="bytes">How many, 256 at most.</param>
    public static void Set(byte* guard, int bytes) => Pattern.AsSpan(0, bytes).CopyTo(new Span<byte>(guard, bytes));

    /// <summary>Whether each is as it was written.</summary>
    public static bool IsWhole(byte* guard, int bytes) => Pattern.AsSpan(0, bytes).SequenceEqual(new ReadOnlySpan<byte>(guard, bytes));

    /// <summary>Says that one was not.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static void Fail(string where) => throw new InvalidOperationException($"Something was written {where}.");
}
