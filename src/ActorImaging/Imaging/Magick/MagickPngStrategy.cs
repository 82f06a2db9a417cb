namespace ActorImaging.Imaging.Magick;

/// <summary>zlib's compression strategies, by zlib's own numbers (zlib.h).</summary>
public enum MagickPngStrategy
{
    /// <summary>String matching and Huffman coding.</summary>
    Default = 0,

    /// <summary>Fewer string matches, for filtered data.</summary>
    Filtered = 1,

    /// <summary>Huffman coding alone.</summary>
    HuffmanOnly = 2,

    /// <summary>Matches of distance one alone.</summary>
    RunLength = 3,
}
