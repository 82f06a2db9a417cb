using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ActorImaging.Imaging;

/// <summary>
/// Writes a file so that its final name only ever stands for the whole of it: beside the target first, then renamed over it.
/// </summary>
internal static partial class OutputFile
{
    /// <summary>What the names of files that are being written match.</summary>
    public const string PartialPattern = PartialPrefix + "*" + PartialExtension;

    private const string PartialExtension = ".partial";
    private const string PartialPrefix = ".actor-imaging-";
    private const int BufferBytes = 128 * 1024;
    private const int UniqueBytes = 8;
    private const int MostAttempts = 10;
    private const UnixFileMode SpecialBits = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;

    // Windows renames an open file only where its owner lets it be deleted; that it is in use, others see all the same
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>Writes a file, making its folder where there is none.</summary>
    /// <param name="path">The final name; a file of that name is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="replacement">Whether a file that is there is replaced; null for always.</param>
    /// <param name="beforeCommit">Is shown the whole content, before it goes under the final name; what it throws keeps it from that.</param>
    /// <returns>Bytes written; null when the content did not go under the final name.</returns>
    /// <exception cref="ImageOutputException">The file can't be written. Nothing is left behind, and an older file stays as it was.</exception>
    public static long? Write(
        string path, Action<Stream> write, OutputReplacement? replacement = null, Action<FileStream>? beforeCommit = null)
    {
        var partial = OpenPartial(path);
        try
        {
            using (partial)
            {
                FaultRecordingStream.Run(partial, write);
                if (replacement?.MayReplace(partial.Length) != false)
                {
                    Settle(partial, path);
                    beforeCommit?.Invoke(partial);
                    if (TryCommit(partial.Name, path, replacement?.IsForbidden == true)) // while it is open: what can be locked, another run clears away
                    {
                        return partial.Length;
                    }
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
    private static void Settle(FileStream partial, string path)
    {
        var mode = ModeFor(path);
        partial.Flush(flushToDisk: mode is not null || File.Exists(path));
        if (mode is { } replaced && !OperatingSystem.IsWindows())
        {
            FileOwner.Keep(path, partial.Name);
            File.SetUnixFileMode(partial.SafeFileHandle, replaced); // it was made with no more than that, and with less where the mask of the process says so
        }
    }

    /// <summary>Puts the content under the final name.</summary>
    /// <returns>Whether it is there: not where a file has come up under that name which is not to be replaced.</returns>
    private static bool TryCommit(string partial, string path, bool isReplacingForbidden)
    {
        if (!isReplacingForbidden)
        {
            File.Move(partial, path, overwrite: true);
            return true;
        }

        if (!OperatingSystem.IsWindows() && TryLink(partial, path) is { } isLinked)
        {
            return isLinked;
        }

        try
        {
            File.Move(partial, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>
    /// Gives the content its final name beside its own, which is the one way that never replaces a file: a rename does, and to look before it is too early.
    /// </summary>
    /// <returns>Whether it has it; null where file systems can't do so.</returns>
    private static bool? TryLink(string partial, string path)
    {
        const int FileExists = 17; // EEXIST, on Linux and on macOS
        if (Link(partial, path) == 0)
        {
            File.Delete(partial);
            return true;
        }

        return Marshal.GetLastPInvokeError() == FileExists ? false : null;
    }

    private static FileStream OpenPartial(string path)
    {
        if (Directory.Exists(path) || SourceFile.IsSpecial(path))
        {
            throw new ImageOutputException($"output '{path}' can't be written: it is {(Directory.Exists(path) ? "a folder" : "a pipe, a socket or a device")}", new IOException());
        }

        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            for (var attempt = 1; ; attempt++)
            {
                if (TryOpenPartial(folder, ModeFor(path), isLastAttempt: attempt == MostAttempts) is { } partial)
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

    /// <summary>Who can read a file that is replaced, and nobody else, can read what replaces it, from its first byte on.</summary>
    private static UnixFileMode? ModeFor(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) & ~SpecialBits : null;
        }
        catch (FileNotFoundException)
        {
            return null; // a link that leads nowhere
        }
    }

    /// <summary>
    /// On Unix a file is made and then locked: in between another run may take it for one that was left behind, and clear it away.
    /// </summary>
    private static FileStream? TryOpenPartial(string folder, UnixFileMode? mode, bool isLastAttempt)
    {
        var name = Path.Combine(folder, PartialPrefix + RandomNumberGenerator.GetHexString(UniqueBytes * 2, lowercase: true) + PartialExtension);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = Share, BufferSize = BufferBytes }; // to be read, too: by TIFF, whose pages are linked
            if (mode is not null && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            var partial = new FileStream(name, options);
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

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string path);
}
