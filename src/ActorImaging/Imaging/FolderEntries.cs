using System.Runtime.InteropServices;

namespace ActorImaging.Imaging;

/// <summary>The names in a folder, which are on the disk later than the files they stand for.</summary>
internal static partial class FolderEntries
{
    private const int CloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC

    /// <summary>Waits until they are on the disk, where the system lets anybody wait for that.</summary>
    public static void FlushToDisk(string folder)
    {
        if (OperatingSystem.IsLinux() && Open(folder, CloseOnExec) is var descriptor and >= 0)
        {
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
