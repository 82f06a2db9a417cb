using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorImaging.Imaging;

/// <summary>Which file a name leads to, and which one is open.</summary>
internal static partial class FileIdentity
{
    // of statx: AT_FDCWD, AT_EMPTY_PATH, STATX_INO, and where number and device are (man 2 statx); the structure is the same on every processor
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint NumberMask = 0x100;
    private const int StatusBytes = 256;
    private const int NumberAt = 32;
    private const int DeviceAt = 136;

    /// <summary>Whether a name leads to a file that is open.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The name.</param>
    /// <returns>Null where that can't be told.</returns>
    public static unsafe bool? IsOf(SafeFileHandle file, string path)
    {
        byte* open = stackalloc byte[StatusBytes], named = stackalloc byte[StatusBytes];
        if (!OperatingSystem.IsLinux() || GetStatus((int)file.DangerousGetHandle(), string.Empty, EmptyPath, NumberMask, open) != 0)
        {
            return OperatingSystem.IsWindows() ? null : File.Exists(path) ? null : false;
        }

        return GetStatus(CurrentFolder, path, 0, NumberMask, named) == 0
            && *(ulong*)(open + NumberAt) == *(ulong*)(named + NumberAt)
            && *(ulong*)(open + DeviceAt) == *(ulong*)(named + DeviceAt);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetStatus(int folder, string path, int flags, uint mask, byte* status);
}
