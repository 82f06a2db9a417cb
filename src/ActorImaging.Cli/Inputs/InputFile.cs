namespace ActorImaging.Cli.Inputs;

/// <summary>A file to process.</summary>
/// <param name="Path">The file.</param>
/// <param name="RelativeFolder">The folder it lies in, relative to the folder that was asked for; empty for that folder itself.</param>
internal readonly record struct InputFile(string Path, string RelativeFolder);
