using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>What a page says of itself.</summary>
/// <param name="Orientation">How its rows are stored.</param>
/// <param name="Profile">What its colours are; null for what is usual.</param>
internal readonly record struct PageFacts(ImageOrientation Orientation, IccProfile? Profile);
