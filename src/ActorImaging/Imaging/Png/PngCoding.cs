namespace ActorImaging.Imaging.Png;

/// <summary>How filtered bytes become deflate blocks.</summary>
internal enum PngCoding
{
    /// <summary>A Huffman code for the bytes alone: for noise, photographs and whatever has been blurred.</summary>
    Literals,

    /// <summary>Matches with earlier bytes, too: for graphics, text and other pictures that repeat.</summary>
    Matches,
}
