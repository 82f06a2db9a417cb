using System.Collections.Concurrent;

namespace ActorImaging.Imaging;

/// <summary>
/// Cleans an output folder before the first output of a run goes there: what a run that was killed has left half written goes. Remembers the
/// last folders only, since a service may write to any number of them; to clean one again harms nobody. Thread-safe.
/// </summary>
internal sealed class OutputFolders
{
    private const int MostRemembered = 1024;

    private readonly ConcurrentDictionary<string, bool> _cleaned = new(StringComparer.Ordinal);

    /// <summary>Cleans the folder of an output, unless that was done.</summary>
    public void Clean(string outputPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(outputPath))!;
        if (_cleaned.ContainsKey(folder))
        {
            return;
        }

        if (_cleaned.Count >= MostRemembered)
        {
            _cleaned.Clear();
        }

        if (_cleaned.TryAdd(folder, true) && Directory.Exists(folder))
        {
            foreach (var partial in Directory.EnumerateFiles(folder, OutputFile.PartialPattern))
            {
                DeleteUnlessInUse(partial);
            }
        }
    }

    /// <summary>
    /// Whoever writes a partial file holds it locked, in another process, too: one that can be locked is nobody's. The lock is one that readers share,
    /// since the file may have been given its final name between its being found and its being locked.
    /// </summary>
    private static void DeleteUnlessInUse(string partial)
    {
        try
        {
            using var file = new FileStream(partial, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            File.Delete(partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In use, gone already, or not ours to delete: it harms nobody.
        }
    }
}
