using System.Globalization;
using ActorImaging.Cli.Reporting;

namespace ActorImaging.Cli.Commands;

/// <summary>A folder of the bench's own, removed at the end unless it is to be kept.</summary>
internal sealed class BenchWorkFolder : IDisposable
{
    private const double BytesPerGigabyte = 1e9;

    private readonly bool _keep;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="UsageException">It can't be made, or there is too little space.</exception>
    public BenchWorkFolder(string parent, long neededBytes, bool keep)
    {
        _keep = keep;
        try
        {
            Directory.CreateDirectory(parent);
            RequireSpace(parent, neededBytes);
            Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"actor-imaging-bench-{Guid.NewGuid():N}")).FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--work-dir: expected a folder that can be written to, but {fault.Message} (--work-dir names another)", fault);
        }
    }

    public string Path { get; }

    /// <summary>Removes it, as far as that can be done: a file may still be in use when the process is ended at once.</summary>
    public void Dispose()
    {
        if (_keep)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Terminal.ErrorWriter.WriteLine($"'{Path}' could not be removed: {fault.Message}");
        }
    }

    private static void RequireSpace(string folder, long neededBytes)
    {
        var free = new DriveInfo(System.IO.Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < neededBytes)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--work-dir: expected {neededBytes / BytesPerGigabyte:F1} GB of free space for images and outputs, but '{folder}' has {free / BytesPerGigabyte:F1} GB; name another folder, or take smaller images (--size)"));
        }
    }
}
