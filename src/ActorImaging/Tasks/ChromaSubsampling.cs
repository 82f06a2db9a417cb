using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Tasks;

/// <summary>How finely JPEG and AVIF keep colour beside brightness, in the notation that photographers know.</summary>
public sealed record ChromaSubsampling
{
    private readonly string _notation;

    private ChromaSubsampling(string notation) => _notation = notation;

    /// <summary>One colour for two by two pixels: the usual for photographs, and the smallest.</summary>
    public static ChromaSubsampling Quarter { get; } = new("4:2:0");

    /// <summary>One colour for two pixels side by side.</summary>
    public static ChromaSubsampling Half { get; } = new("4:2:2");

    /// <summary>A colour for each pixel: for text and graphics, whose coloured edges blur otherwise.</summary>
    public static ChromaSubsampling Full { get; } = new("4:4:4");

    /// <summary>All of them.</summary>
    public static ImmutableArray<ChromaSubsampling> All { get; } = [Quarter, Half, Full];

    /// <summary>Reads the notation.</summary>
    /// <param name="text">Such as 4:2:0.</param>
    /// <param name="chroma">What it says.</param>
    /// <returns>Whether it says one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ChromaSubsampling? chroma)
    {
        chroma = All.FirstOrDefault(known => known._notation == text);
        return chroma is not null;
    }

    /// <summary>The notation, such as 4:2:0.</summary>
    public override string ToString() => _notation;
}
