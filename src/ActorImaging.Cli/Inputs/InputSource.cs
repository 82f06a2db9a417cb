using System.IO.Enumeration;
using ActorImaging.Tasks;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ActorImaging.Cli.Inputs;

/// <summary>What one argument stands for: a file, the images of a folder, or what a pattern matches. Found lazily, each time anew.</summary>
/// <param name="argument">The argument.</param>
/// <param name="isRecursive">Whether the folders within a folder count.</param>
/// <param name="excludedFolder">A folder that is left out, since outputs go there; null for none.</param>
internal sealed class InputSource(string argument, bool isRecursive, string? excludedFolder)
{
    private static readonly System.Buffers.SearchValues<char> Wildcards = System.Buffers.SearchValues.Create('*', '?');

    /// <summary>Finds the files.</summary>
    /// <exception cref="UsageException">A pattern matches nothing, or there is no image in a folder.</exception>
    public IEnumerable<InputFile> Find()
    {
        if (Directory.Exists(argument))
        {
            return RequireSome(EnumerateImages(argument), $"images ({string.Join(", ", ImageFormats.Extensions)})");
        }

        return !File.Exists(argument) && argument.AsSpan().ContainsAny(Wildcards)
            ? RequireSome(EnumerateMatches(), "a pattern that matches files")
            : [new InputFile(argument, string.Empty)];
    }

    private IEnumerable<InputFile> EnumerateImages(string folder) =>
        Enumerate(folder, isRecursive).Where(file => ImageFormats.TryGetByExtension(file.Path, out _));

    private IEnumerable<InputFile> EnumerateMatches()
    {
        var pattern = argument.Replace('\\', Path.DirectorySeparatorChar == '\\' ? '/' : '\\');
        var wildcard = pattern.AsSpan().IndexOfAny(Wildcards);
        var slash = pattern.LastIndexOf('/', wildcard);
        var folder = slash < 0 ? "." : slash == 0 ? "/" : pattern[..slash];
        var rest = pattern[(slash + 1)..];
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var matcher = new Matcher(OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        matcher.AddInclude(rest);
        return Enumerate(folder, rest.Contains('/', StringComparison.Ordinal) || rest.Contains("**", StringComparison.Ordinal))
            .Where(file => matcher.Match(Path.Combine(file.RelativeFolder, Path.GetFileName(file.Path)).Replace('\\', '/')).HasMatches);
    }

    /// <summary>The files of a folder in the order of the file system; links to folders are not followed, so that no loop can catch it.</summary>
    private FileSystemEnumerable<InputFile> Enumerate(string folder, bool isRecursive)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = isRecursive,
            AttributesToSkip = FileAttributes.System,
            IgnoreInaccessible = true,
        };
        var excluded = excludedFolder is null ? null : Path.GetFullPath(excludedFolder);
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
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.ToFullPath() != excluded,
        };
    }

    private IEnumerable<InputFile> RequireSome(IEnumerable<InputFile> files, string expected)
    {
        var isAny = false;
        foreach (var file in files)
        {
            isAny = true;
            yield return file;
        }

        if (!isAny)
        {
            throw new UsageException($"input: expected {expected}, but there is none for '{argument}'{(isRecursive ? string.Empty : " (--recursive looks into folders within it)")}");
        }
    }
}
