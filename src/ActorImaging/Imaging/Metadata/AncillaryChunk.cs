namespace ActorImaging.Imaging.Metadata;

/// <summary>A chunk of a PNG that need not be understood to show the image.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Data">Its data.</param>
internal sealed record AncillaryChunk(string Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether chunks of a type describe the light that samples of a high dynamic range stand for (PNG specification, third edition, 11.3.2.7 and 8).</summary>
    public static bool IsOfHighDynamicRange(string type) => type is "mDCV" or "cLLI";
}
