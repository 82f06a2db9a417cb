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
    /// <returns>Bytes written; null when the content did not go under the final name.</returns>
    /// <exception cref="ImageOutputException">The file can't be written. Nothing is left behind, and an older file stays as it was.</exception>
    public static long? Write(string path, Action<Stream> write, Func<long, bool>? mayReplace = null)
    {
        var partial = OpenPartial(path);
        try
        {
            long length;
            using (partial)
            {
                FaultRecordingStream.Run(partial, write);
                partial.Flush();
                length = partial.Length;
            }

            if (mayReplace?.Invoke(length) == false)
            {
                File.Delete(partial.Name);
                return null;
            }

            File.Move(partial.Name, path, overwrite: true);
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
