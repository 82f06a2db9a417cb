namespace ActorImaging.Imaging.Metadata;

/// <summary>A chunk of a PNG that need not be understood to show the image.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Data">Its data.</param>
internal sealed record AncillaryChunk(string Type, ReadOnlyMemory<byte> Data);
