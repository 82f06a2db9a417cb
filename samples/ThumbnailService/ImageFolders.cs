namespace ThumbnailService;

/// <summary>The folder of this machine that requests may speak of; none unless the service was started with <c>--Folders PATH</c>.</summary>
/// <param name="root">The folder; null for none.</param>
internal sealed class ImageFolders(string? root)
{
    private readonly string? _root = root is null ? null : Path.GetFullPath(root) + Path.DirectorySeparatorChar;

    /// <summary>The path of a folder within; null for what would lead outside.</summary>
    /// <param name="name">What a request calls it.</param>
    public string? Find(string name)
    {
        if (_root is null || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(_root, name));
        return path.StartsWith(_root, StringComparison.Ordinal) && !LeadsElsewhere(path) ? path : null;
    }

    /// <summary>Whether a link is on the way: somebody else made it, and it may lead anywhere.</summary>
    private bool LeadsElsewhere(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null && folder.FullName.Length >= _root!.Length; folder = folder.Parent)
        {
            if (folder.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
