using System.Collections.Immutable;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging;

/// <summary>What is known of a decoded source beside its pixels. Immutable: the tasks of a source share it.</summary>
/// <param name="Metadata">What the file has beside its pixels.</param>
/// <param name="BitDepth">Bits a channel that it had.</param>
/// <param name="Shrunk">What is known of pixels that were decoded at a fraction of their size; null where they have their own.</param>
/// <param name="Warnings">What was wrong with it, or left out of it.</param>
/// <param name="Omissions">What of its metadata was left out, which is news only to those who want to keep them.</param>
internal sealed record SourceFacts(ImageMetadata Metadata, int BitDepth, ShrunkSource? Shrunk, ImmutableArray<string> Warnings, ImmutableArray<string> Omissions);
