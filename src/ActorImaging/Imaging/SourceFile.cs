using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorImaging.Imaging;

/// <summary>
/// Opens sources: regular files only, by one look at what the name leads to, since to open a pipe waits for somebody to write into it, and what is
/// looked at by its name a second time may be another file.
/// </summary>
internal static partial class SourceFile
{
    private const int BufferBytes = 64 * 1024;

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, as each system's fcntl.h numbers them
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;

    // of statx: AT_EMPTY_PATH, STATX_TYPE, and where and what the mode is (man 2 statx); the structure is the same on every processor
    private const int EmptyPath = 0x1000;
    private const uint TypeMask = 1;
    private const int StatusBytes = 256;
    private const int ModeAt = 28;
    private const int FormatMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int CurrentFolder = -100;

    /// <summary>ENXIO, which a socket gives.</summary>
    private const int NobodyAtTheOtherEnd = 6;

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
    /// <exception cref="UnsupportedImageException">It is something else than a file.</exception>
    public static FileStream Open(string path) => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? OpenWithoutWaiting(path) : OpenPlainly(path);

    /// <summary>Whether a name leads to a pipe, a socket or a device, as far as that can be told: nothing is to be put in their place.</summary>
    /// <param name="path">The name.</param>
    public static unsafe bool IsSpecial(string path)
    {
        var status = stackalloc byte[StatusBytes];
        return OperatingSystem.IsLinux() && GetStatus(CurrentFolder, path, 0, TypeMask, status) == 0 && (*(ushort*)(status + ModeAt) & FormatMask) is not (RegularFile or Folder);
    }

    /// <summary>What tells whether somebody writes to a source while it is read; always the same for what is no file.</summary>
    /// <param name="source">The source.</param>
    public static (long LengthBytes, DateTime Written) StateOf(Stream source) => source is FileStream file
        ? (RandomAccess.GetLength(file.SafeFileHandle), File.GetLastWriteTimeUtc(file.SafeFileHandle))
        : default;

    /// <summary>The same of what a name leads to now; null where that can't be told.</summary>
    /// <param name="path">The name.</param>
    public static (long LengthBytes, DateTime Written)? StateAt(string path)
    {
        var file = Find(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
    }

    private static FileStream OpenPlainly(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);

    private static FileStream OpenWithoutWaiting(string path)
    {
        var handle = new SafeFileHandle(OpenDescriptor(path, OperatingSystem.IsLinux() ? LinuxFlags : MacFlags), ownsHandle: true);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            return error == NobodyAtTheOtherEnd ? throw Special() : OpenPlainly(path); // the usual way of opening it will say why
        }

        try
        {
            if (!IsRegular(handle))
            {
                throw Directory.Exists(path) ? new UnauthorizedAccessException($"Access to the path '{path}' is denied.") : Special();
            }

            return new FileStream(handle, FileAccess.Read, BufferBytes);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static UnsupportedImageException Special() => new("is a pipe, a socket or a device, but an image file was expected");

    private static unsafe bool IsRegular(SafeFileHandle handle)
    {
        var status = stackalloc byte[StatusBytes];
        if (OperatingSystem.IsLinux() && GetStatus((int)handle.DangerousGetHandle(), string.Empty, EmptyPath, TypeMask, status) == 0)
        {
            return (*(ushort*)(status + ModeAt) & FormatMask) == RegularFile;
        }

        using var look = new FileStream(new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
        return look.CanSeek;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenDescriptor(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetStatus(int folder, string path, int flags, uint mask, byte* status);
}
