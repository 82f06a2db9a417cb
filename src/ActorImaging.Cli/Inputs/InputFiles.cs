using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// All inputs, lazily, each once however often it is reached. They can be gone through several times: first to check the plan, then to do
/// it; in between only a 16-byte digest of each name is held.
/// </summary>
/// <param name="arguments">Files, folders and patterns.</param>
/// <param name="listPath">A list of files, or null.</param>
/// <param name="isRecursive">Whether the folders within a folder count.</param>
/// <param name="excludedFolder">A folder that is left out, since outputs go there; null for none.</param>
internal sealed class InputFiles(IReadOnlyList<string> arguments, string? listPath, bool isRecursive, string? excludedFolder)
{
    /// <summary>Goes through the inputs.</summary>
    /// <exception cref="UsageException">An argument stands for nothing, or the list can't be read.</exception>
    public IEnumerable<InputFile> Enumerate()
    {
        var seen = new HashSet<UInt128>();
        foreach (var file in arguments.SelectMany(argument => new InputSource(argument, isRecursive, excludedFolder).Find()).Concat(FromList()))
        {
            if (seen.Add(Digest(Path.GetFullPath(file.Path))))
            {
                yield return file;
            }
        }
    }

    /// <summary>A digest of a name, for sets of a million of them.</summary>
    public static UInt128 Digest(string name) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name.AsSpan()));

    private IEnumerable<InputFile> FromList() => listPath is null
        ? []
        : new InputList(listPath).Read().Select(name => new InputFile(name, Path.IsPathRooted(name) ? string.Empty : FolderWithin(name)));

    /// <summary>The tree that a relative name spells out is kept, unless it leads outside.</summary>
    private static string FolderWithin(string name)
    {
        var folder = Path.GetRelativePath(".", Path.GetDirectoryName(Path.GetFullPath(name))!);
        return folder is "." || folder.StartsWith("..", StringComparison.Ordinal) ? string.Empty : folder;
    }
}
