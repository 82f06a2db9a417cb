using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorImaging.Imaging;

/// <summary>
/// Opens sources: as streams, since by name ImageMagick would read meaning into it (msl:, @list, file[0]); and regular files only, since to
/// open a pipe waits for somebody to write into it.
/// </summary>
public static partial class SourceFile
{
    private const int BufferBytes = 64 * 1024;

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, as each system's fcntl.h numbers them
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;

    /// <summary>The file that a path leads to, links followed: whose length and time they are that count, and not a link's own.</summary>
    /// <param name="path">The path; what is not there, or a loop of links, stands for itself.</param>
    public static FileInfo Find(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
        }
        catch (IOException)
        {
            return file;
        }
    }

    /// <summary>Opens a source for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnsupportedImageException">It is empty, or something else than a file.</exception>
    public static FileStream Open(string path)
    {
        RequireRegular(path);
        var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        if (source.Length > 0)
        {
            return source;
        }

        source.Dispose();
        throw new UnsupportedImageException("is empty");
    }

    /// <summary>Without waiting for anything: what is no file can't be told by its attributes.</summary>
    private static void RequireRegular(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }

        using var opened = new SafeFileHandle(OpenWithoutWaiting(path, OperatingSystem.IsLinux() ? LinuxFlags : MacFlags), ownsHandle: true);
        if (opened.IsInvalid)
        {
            return; // the usual way of opening it will say why
        }

        using var stream = new FileStream(opened, FileAccess.Read, bufferSize: 0);
        if (!stream.CanSeek)
        {
            throw new UnsupportedImageException("is a pipe or a device, but an image file was expected");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenWithoutWaiting(string path, int flags);
}
