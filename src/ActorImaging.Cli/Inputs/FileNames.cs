using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// When two paths name one file: their folders are the same once links are followed, and so are the names. Remembers the last folder only,
/// since files come folder by folder.
/// </summary>
internal sealed class FileNames
{
    private const int MostLinks = 40; // what Linux follows; more of them are a loop

    private const char Undecoded = '\uFFFD';

    private string? _folder;
    private string _realFolder = string.Empty;

    /// <summary>Whether names that differ in case only are different names, as far as the operating system tells.</summary>
    public static bool AreCaseSensitive { get; } = !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS();

    /// <summary>
    /// Whether a path is all that is left of a name in bytes that are no UTF-8: .NET writes the same for each of them, and opens none. A file may well
    /// have that name in UTF-8.
    /// </summary>
    public static bool IsUndecoded(string path) => path.Contains(Undecoded, StringComparison.Ordinal) && !Path.Exists(path);

    /// <summary>A digest of the name of a file, for sets of a million of them: equal for paths that name one file.</summary>
    public UInt128 Digest(string path)
    {
        var real = RealPath(path);
        var name = AreCaseSensitive ? real : real.ToUpperInvariant();
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name.AsSpan()));
    }

    /// <summary>The path with every link among its folders followed. What is not there is left as it is.</summary>
    public string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        if (folder != _folder)
        {
            (_folder, _realFolder) = (folder, RealFolder(new DirectoryInfo(folder)));
        }

        return Path.Combine(_realFolder, Path.GetFileName(full));
    }

    private static string RealFolder(DirectoryInfo folder, int links = 0)
    {
        var target = links < MostLinks ? FinalTargetOf(folder) : null;
        var real = target ?? folder;
        return real.Parent is { } parent ? Path.Combine(RealFolder(parent, links + (target is null ? 0 : 1)), real.Name) : real.FullName;
    }

    private static DirectoryInfo? FinalTargetOf(DirectoryInfo folder)
    {
        try
        {
            return folder.ResolveLinkTarget(returnFinalTarget: true) as DirectoryInfo;
        }
        catch (IOException)
        {
            return null; // a loop of links: whoever opens a file there will hear of it
        }
    }
}
