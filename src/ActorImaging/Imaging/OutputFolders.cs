using System.Collections.Concurrent;

namespace ActorImaging.Imaging;

/// <summary>
/// Cleans each output folder once, before the first output of a run goes there: what a run that was killed has left half written goes.
/// Thread-safe.
/// </summary>
internal sealed class OutputFolders
{
    private readonly ConcurrentDictionary<string, bool> _cleaned = new(StringComparer.Ordinal);

    /// <summary>Cleans the folder of an output, unless that was done.</summary>
    public void Clean(string outputPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(outputPath))!;
        if (_cleaned.TryAdd(folder, true) && Directory.Exists(folder))
        {
            foreach (var partial in Directory.EnumerateFiles(folder, OutputFile.PartialPattern))
            {
                DeleteUnlessInUse(partial);
            }
        }
    }

    /// <summary>Whoever writes a partial file holds it locked, in another process, too: one that can be locked is nobody's.</summary>
    private static void DeleteUnlessInUse(string partial)
    {
        try
        {
            using var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In use, gone already, or not ours to delete: it harms nobody.
        }
    }
}
