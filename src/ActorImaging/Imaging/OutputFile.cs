using System.Security.Cryptography;

namespace ActorImaging.Imaging;

/// <summary>
/// Writes a file so that its final name only ever stands for the whole of it: beside the target first, then renamed over it.
/// </summary>
public static class OutputFile
{
    /// <summary>What the names of files that are being written match.</summary>
    public const string PartialPattern = PartialPrefix + "*" + PartialExtension;

    private const string PartialExtension = ".partial";
    private const string PartialPrefix = ".actor-imaging-";
    private const int BufferBytes = 128 * 1024;
    private const int UniqueBytes = 8;
    private const int MostAttempts = 10;

    // Windows renames an open file only where its owner lets it be deleted; that it is in use, others see all the same
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>Writes a file, making its folder where there is none.</summary>
    /// <param name="path">The final name; a file of that name is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="mayReplace">Whether content of so many bytes goes under the final name; null for always.</param>
    /// <param name="beforeCommit">Is shown the whole content, before it goes under the final name; what it throws keeps it from that.</param>
    /// <returns>Bytes written; null when the content did not go under the final name.</returns>
    /// <exception cref="ImageOutputException">The file can't be written. Nothing is left behind, and an older file stays as it was.</exception>
    public static long? Write(
        string path, Action<Stream> write, Func<long, bool>? mayReplace = null, Action<FileStream>? beforeCommit = null)
    {
        var partial = OpenPartial(path);
        try
        {
            using (partial)
            {
                FaultRecordingStream.Run(partial, write);
                if (mayReplace?.Invoke(partial.Length) != false)
                {
                    Settle(partial, replacesFile: File.Exists(path), path);
                    beforeCommit?.Invoke(partial);
                    File.Move(partial.Name, path, overwrite: true); // while it is open: what can be locked, another run clears away
                    return partial.Length;
                }
            }

            File.Delete(partial.Name);
            return null;
        }
        catch (Exception fault)
        {
            File.Delete(partial.Name);
            if (fault is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(path, fault);
            }

            throw;
        }
    }

    /// <summary>
    /// What replaces a file is on the disk before that one goes, or a power failure could leave neither; and whoever could read it, still can.
    /// </summary>
    private static void Settle(FileStream partial, bool replacesFile, string path)
    {
        partial.Flush(flushToDisk: replacesFile);
        if (replacesFile && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(partial.SafeFileHandle, File.GetUnixFileMode(path));
        }
    }

    private static FileStream OpenPartial(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ImageOutputException($"output '{path}' can't be written: it is a folder", new IOException());
        }

        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            for (var attempt = 1; ; attempt++)
            {
                if (TryOpenPartial(folder, isLastAttempt: attempt == MostAttempts) is { } partial)
                {
                    return partial;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    /// <summary>
    /// On Unix a file is made and then locked: in between another run may take it for one that was left behind, and clear it away.
    /// </summary>
    private static FileStream? TryOpenPartial(string folder, bool isLastAttempt)
    {
        var name = Path.Combine(folder, PartialPrefix + RandomNumberGenerator.GetHexString(UniqueBytes * 2, lowercase: true) + PartialExtension);
        try
        {
            var partial = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, Share, BufferBytes); // to be read, too: by TIFF, whose pages are linked
            if (isLastAttempt || File.Exists(name))
            {
                return partial;
            }

            partial.Dispose();
        }
        catch (IOException) when (!isLastAttempt)
        {
            // It is being cleared away at this moment.
        }

        return null;
    }

    private static ImageOutputException Unwritable(string path, Exception cause) =>
        new($"output '{path}' can't be written: {cause.Message}", cause);
}
