using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// Where ImageMagick puts the files that libheif wants to read and write by name: a folder of this process, that nobody else can look into, gone with
/// the process. What a process that was killed left behind, the next one clears away.
/// </summary>
internal static class MagickTemporaryFolder
{
    private const string Prefix = "actor-imaging-";
    private const string LockName = "in-use";

    /// <summary>Makes it and has it used.</summary>
    public static void Use()
    {
        ClearAway();
        var folder = TemporaryFiles.MakeFolder(Prefix).FullName;
        var inUse = TemporaryFiles.Make(_ => new FileStream(Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        MagickNET.SetTempDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            inUse.Dispose();
            TryDelete(folder);
        };
    }

    private static void ClearAway()
    {
        foreach (var folder in TemporaryFiles.Make(parent => Directory.GetDirectories(parent, Prefix + "*")).Where(FileOwner.IsOwn))
        {
            if (IsLeft(Path.Combine(folder, LockName)))
            {
                TryDelete(folder);
            }
        }
    }

    /// <summary>Whether nobody holds the lock that its process did.</summary>
    private static bool IsLeft(string inUse)
    {
        try
        {
            using var held = new FileStream(inUse, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // held, or none of ours
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another process does so at this moment, or may not: it harms nobody.
        }
    }
}
