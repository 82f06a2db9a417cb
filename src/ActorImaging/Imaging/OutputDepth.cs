using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>What becomes of sources with more bits a channel than outputs have.</summary>
internal static class OutputDepth
{
    /// <summary>Bits a channel of every output.</summary>
    private const int Bits = 8;

    /// <summary>Checks that a source may lose what its pixels have more.</summary>
    /// <exception cref="UnsupportedOutputException">It may not.</exception>
    public static void Require(int sourceBits, DepthPolicy policy)
    {
        if (sourceBits > Bits && policy == DepthPolicy.Refuse)
        {
            throw new UnsupportedOutputException(FormattableString.Invariant($"has {sourceBits} bits a channel, of which its replacement would keep {Bits} (--depth {Bits} allows that)"));
        }
    }

    /// <summary>What is said of it.</summary>
    public static IEnumerable<string> WarningsFor(int sourceBits, DepthPolicy policy) => sourceBits > Bits && policy == DepthPolicy.Warn
        ? [FormattableString.Invariant($"{sourceBits} bits a channel became {Bits} (--depth {Bits} says that this is meant)")]
        : [];
}
