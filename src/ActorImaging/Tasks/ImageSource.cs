namespace ActorImaging.Tasks;

/// <summary>What is read and how: what tasks have in common that share one decoded image.</summary>
/// <param name="Path">The file; of what is none, its name in messages.</param>
/// <param name="Settings">How it is read.</param>
/// <param name="Content">What is read instead of a file; null for the file.</param>
public readonly record struct ImageSource(string Path, SourceSettings Settings, SourceContent? Content = null);
