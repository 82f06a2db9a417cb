namespace ActorImaging.Cli.Tests;

/// <summary>A folder for one spec, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actor-imaging-spec-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The files below a folder within it, with slashes, in order.</summary>
    public string[] FilesOf(string folder) => Directory.Exists(File(folder))
        ?
        [
            .. Directory.EnumerateFiles(File(folder), "*", SearchOption.AllDirectories)
                .Select(path => System.IO.Path.GetRelativePath(File(folder), path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ]
        : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
