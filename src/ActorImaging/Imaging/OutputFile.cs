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
            var length = Fill(partial, path, write, mayReplace, beforeCommit);
            if (length is null)
            {
                File.Delete(partial.Name);
            }
            else
            {
                File.Move(partial.Name, path, overwrite: true);
            }

            return length;
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

    private static long? Fill(
        FileStream partial, string path, Action<Stream> write, Func<long, bool>? mayReplace, Action<FileStream>? beforeCommit)
    {
        using (partial)
        {
            FaultRecordingStream.Run(partial, write);
            if (mayReplace?.Invoke(partial.Length) == false)
            {
                return null;
            }

            Settle(partial, replacesFile: File.Exists(path), path);
            beforeCommit?.Invoke(partial);
            return partial.Length;
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
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            var unique = RandomNumberGenerator.GetHexString(UniqueBytes * 2, lowercase: true);
            return new FileStream( // to be read, too: the pages of a TIFF are linked in what is already written
                Path.Combine(folder, PartialPrefix + unique + PartialExtension), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    private static ImageOutputException Unwritable(string path, Exception cause) =>
        new($"output '{path}' can't be written: {cause.Message}", cause);
}
