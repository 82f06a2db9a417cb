using ActorImaging.Imaging;

namespace ActorImaging.Cli.Jobs;

/// <summary>Length and time of a file: equal as long as nobody writes to it.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">When it was changed last, in universal time.</param>
internal readonly record struct FileState(long Bytes, DateTime Modified)
{
    /// <summary>Looks at a file.</summary>
    /// <returns>Null when there is none.</returns>
    public static FileState? Of(string path)
    {
        var file = SourceFile.Find(path);
        return file.Exists ? new FileState(file.Length, file.LastWriteTimeUtc) : null;
    }
}
