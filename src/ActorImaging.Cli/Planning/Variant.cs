using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>A named list of operations with output settings, applied to every source.</summary>
/// <param name="Name">Its name; empty for the only one.</param>
/// <param name="Operations">What is done, first to last.</param>
/// <param name="Format">The format of its outputs; null for each source's own.</param>
/// <param name="Output">How they are encoded and when they are written.</param>
internal sealed record Variant(string Name, ImmutableArray<ImageOperation> Operations, ImageFormat? Format, OutputSettings Output);
