using ActorImaging.Tasks;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// All inputs, lazily, each once however often it is reached. They can be gone through several times: first to check the plan, then to do
/// it; in between nothing is held.
/// </summary>
/// <param name="arguments">Files, folders and patterns.</param>
/// <param name="list">A list of files and folders, or null.</param>
/// <param name="isRecursive">Whether the folders within a folder count.</param>
/// <param name="excludedFolder">A folder that is left out, since outputs go there; null for none.</param>
/// <param name="followsLinks">Whether a link stands for the file behind it, which is to be replaced, and not for itself.</param>
internal sealed class InputFiles(
    IReadOnlyList<string> arguments, InputList? list, bool isRecursive, string? excludedFolder, bool followsLinks) : IDisposable
{
    private readonly List<string> _notices = [];

    /// <summary>What was odd about the arguments when they were gone through last: a folder without an image.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Goes through the inputs.</summary>
    /// <param name="seen">Takes a digest of each input's name (<see cref="FileNames.Digest"/>).</param>
    /// <exception cref="UsageException">An argument stands for nothing, or the list can't be read.</exception>
    public IEnumerable<InputFile> Enumerate(HashSet<UInt128> seen)
    {
        _notices.Clear();
        var names = new FileNames();
        foreach (var found in arguments.SelectMany(FindNoticing).Concat(FromList()))
        {
            var file = followsLinks ? found with { Path = TargetOf(found.Path) } : found;
            if (seen.Add(names.Digest(file.Path)))
            {
                yield return file;
            }
        }
    }

    /// <summary>Gives up what the list holds.</summary>
    public void Dispose() => list?.Dispose();

    private static string TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path; // it does not exist, or is a loop: its task will say so
        }
    }

    private static string FolderWithin(string name)
    {
        var folder = Path.GetRelativePath(".", Path.GetDirectoryName(Path.GetFullPath(name))!);
        return folder is "." || folder.StartsWith("..", StringComparison.Ordinal) ? string.Empty : folder;
    }

    private IEnumerable<InputFile> FindNoticing(string argument)
    {
        var isAny = false;
        foreach (var file in Find(argument))
        {
            isAny = true;
            yield return file;
        }

        if (!isAny)
        {
            _notices.Add($"input: expected images ({string.Join(", ", ImageFormats.Extensions)}), but there is none in '{argument}'{(isRecursive ? string.Empty : " (--recursive looks into folders within it)")}");
        }
    }

    private IEnumerable<InputFile> Find(string argument) => new InputSource(argument, isRecursive, excludedFolder).Find();

    /// <summary>In a list names are names and never patterns. The tree that a relative one spells out is kept, unless it leads outside.</summary>
    private IEnumerable<InputFile> FromList() => list is null
        ? []
        : list.Read().SelectMany(name => Directory.Exists(name)
            ? Find(name)
            : [new InputFile(name, Path.IsPathRooted(name) ? string.Empty : FolderWithin(name))]);
}
