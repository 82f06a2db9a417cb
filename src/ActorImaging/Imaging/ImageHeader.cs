using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>What an image file says of itself before its pixels; read in milliseconds whatever its size.</summary>
/// <param name="Size">The size of its first frame.</param>
/// <param name="Frames">Frames or pages; 1 when only the first was asked for.</param>
public sealed record ImageHeader(PixelSize Size, int Frames);
