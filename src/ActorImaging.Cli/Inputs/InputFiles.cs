using ActorImaging.Imaging;
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

    /// <summary>Whether some folder could not be looked into, so that not everything that was asked for is an input.</summary>
    public bool AreIncomplete { get; private set; }

    /// <summary>Goes through the inputs.</summary>
    /// <param name="isWanted">Says by a digest of its name (<see cref="FileNames.Digest"/>) whether an input counts: once.</param>
    /// <exception cref="UsageException">An argument stands for nothing, or the list can't be read.</exception>
    public IEnumerable<InputFile> Enumerate(Func<UInt128, bool> isWanted)
    {
        _notices.Clear();
        var names = new FileNames();
        var undecoded = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var found in arguments.SelectMany(FindNoticing).Concat(FromList()))
        {
            var file = followsLinks ? found with { Path = TargetOf(found.Path) } : found;
            if (isWanted(names.Digest(file.Path) + NumberOf(file.Path)))
            {
                yield return file;
            }
        }

        uint NumberOf(string path) => FileNames.IsUndecoded(path) ? undecoded[path] = undecoded.GetValueOrDefault(path) + 1 : 0; // one name stands for several
    }

    /// <summary>Gives up what the list holds.</summary>
    public void Dispose() => list?.Dispose();

    private static string TargetOf(string path) => SourceFile.Find(path) is var file && file.FullName == Path.GetFullPath(path) ? path : file.FullName;

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
            _notices.Add($"input: expected images ({string.Join(", ", ImageFormats.SourceExtensions)}), but there is none in '{argument}'{(isRecursive ? string.Empty : " (--recursive looks into folders within it)")}");
        }
    }

    private IEnumerable<InputFile> Find(string argument) => new InputSource(argument, isRecursive, excludedFolder, NoteUnreadable).Find();

    private void NoteUnreadable(string folder, string fault)
    {
        AreIncomplete = true;
        _notices.Add($"input: expected a folder that can be looked into, but '{folder}' can't: {fault}");
    }

    /// <summary>In a list names are names and never patterns. The tree that a relative one spells out is kept, unless it leads outside.</summary>
    private IEnumerable<InputFile> FromList() => list is null
        ? []
        : list.Read().SelectMany(name => Directory.Exists(name)
            ? FindNoticing(name)
            : [new InputFile(name, Path.IsPathRooted(name) ? string.Empty : FolderWithin(name))]);
}
