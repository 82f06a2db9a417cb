namespace ActorImaging.Tasks;

/// <summary>A file and how it is read: what tasks have in common that share one decoded image.</summary>
/// <param name="Path">The file.</param>
/// <param name="Settings">How it is read.</param>
public readonly record struct ImageSource(string Path, SourceSettings Settings);
