namespace ActorImaging.Cli.Jobs;

/// <summary>
/// A source as it was when its first task was handed in, before anybody decoded it. Thread-safe; the tasks of a source share it.
/// </summary>
internal sealed class PlannedSource(string path)
{
    private readonly Lazy<UInt128?> _digest = new(() => ContentDigest.OfFile(path));

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Its length and time then; null when there was none.</summary>
    public FileState? State { get; } = FileState.Of(path);

    /// <summary>The digest of its content now, read once; null when it can't be read.</summary>
    public UInt128? Digest => _digest.Value;

    /// <summary>The digest of what was decoded: null when the file changed since the task was handed in, so that it is done again.</summary>
    public UInt128? StableDigest => Digest is { } digest && FileState.Of(Path) == State ? digest : null;
}
