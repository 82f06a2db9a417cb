namespace ActorImaging.Imaging;

/// <summary>What an engine is, for reports.</summary>
/// <param name="Name">The word that chooses it in the configuration.</param>
/// <param name="Version">The versions of the libraries behind it.</param>
/// <param name="EncoderSettings">How it encodes PNG: part of what a benchmark measures.</param>
public sealed record EngineDescription(string Name, string Version, string EncoderSettings);
