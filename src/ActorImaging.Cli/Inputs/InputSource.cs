using System.IO.Enumeration;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// What one argument stands for: a file, the images of a folder, or what a pattern matches. Found lazily, each time anew. Hidden files are
/// left out unless they are named.
/// </summary>
/// <param name="argument">The argument.</param>
/// <param name="isRecursive">Whether the folders within a folder count.</param>
/// <param name="excludedFolder">A folder that is left out, since outputs go there; null for none.</param>
/// <param name="onUnreadable">Hears of folders that can't be looked into, and why.</param>
internal sealed class InputSource(string argument, bool isRecursive, string? excludedFolder, Action<string, string> onUnreadable)
{
    /// <summary>Finds the files.</summary>
    /// <exception cref="UsageException">A pattern matches nothing.</exception>
    public IEnumerable<InputFile> Find()
    {
        if (Directory.Exists(argument))
        {
            return EnumerateImages();
        }

        return !File.Exists(argument) && GlobPattern.Is(argument)
            ? RequireSome(EnumerateMatches(new GlobPattern(argument)))
            : [new InputFile(argument, string.Empty)];
    }

    private IEnumerable<InputFile> EnumerateImages() => !CanBeLookedInto(argument)
        ? []
        : Enumerate(argument, isRecursive, withHidden: false).Where(file => ImageFormats.IsSource(file.Path));

    private IEnumerable<InputFile> EnumerateMatches(GlobPattern pattern) => Directory.Exists(pattern.Folder) && CanBeLookedInto(pattern.Folder)
        ? Enumerate(pattern.Folder, pattern.IsRecursive, pattern.NamesHidden)
            .Where(file => pattern.Matches(Path.Combine(file.RelativeFolder, Path.GetFileName(file.Path)).Replace(Path.DirectorySeparatorChar, '/')))
        : [];

    /// <summary>The files of a folder in the order of the file system; links to folders are not followed, so that no loop can catch it.</summary>
    private FileSystemEnumerable<InputFile> Enumerate(string folder, bool withFoldersWithin, bool withHidden)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = withFoldersWithin,
            AttributesToSkip = withHidden ? FileAttributes.System : FileAttributes.System | FileAttributes.Hidden,
            IgnoreInaccessible = true,
        };
        var names = new FileNames();
        var excluded = excludedFolder is null ? null : Path.GetDirectoryName(names.RealPath(Path.Combine(excludedFolder, "any")));
        return new FileSystemEnumerable<InputFile>(
            folder,
            (ref FileSystemEntry entry) =>
            {
                var path = entry.ToSpecifiedFullPath();
                var parent = Path.GetRelativePath(folder, Path.GetDirectoryName(path)!);
                return new InputFile(path, parent == "." ? string.Empty : parent);
            },
            options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && (excluded is null || names.RealPath(entry.ToFullPath()) != excluded)
                && CanBeLookedInto(entry.ToSpecifiedFullPath()),
        };
    }

    private bool CanBeLookedInto(string folder)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            onUnreadable(folder, FileNames.IsUndecoded(folder) ? "its name is not in UTF-8" : fault.Message);
            return false;
        }
    }

    private IEnumerable<InputFile> RequireSome(IEnumerable<InputFile> matches)
    {
        var isAny = false;
        foreach (var file in matches)
        {
            isAny = true;
            yield return file;
        }

        if (!isAny)
        {
            throw new UsageException($"input: expected a pattern that matches files, but there is none for '{argument}'");
        }
    }
}
