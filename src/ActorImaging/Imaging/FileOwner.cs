using System.Runtime.InteropServices;

namespace ActorImaging.Imaging;

/// <summary>Who owns a file.</summary>
internal static partial class FileOwner
{
    // of statx: AT_FDCWD, AT_SYMLINK_NOFOLLOW, STATX_UID, and where the owner is (man 2 statx); the structure is the same on every processor
    private const int CurrentFolder = -100;
    private const int Follow = 0;
    private const int NoFollow = 0x100;
    private const uint OwnerMask = 8;
    private const int StatusBytes = 256;
    private const int OwnerAt = 20;
    private const int GroupAt = 24;
    private const uint GroupMask = 16;

    /// <summary>Whether only root can change a file, or which file a name means, up to a folder and with it; never where that can't be told.</summary>
    public static bool IsRootAlone(string path, string upTo)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (!IsRootsAlone(at))
            {
                return false;
            }

            if (at == upTo)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a folder is the own user's and nobody else can change what is in it; never where that can't be told.</summary>
    public static unsafe bool IsOwn(string folder)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsLinux())
        {
            return OperatingSystem.IsWindows(); // whose temporary folders are each user's own
        }

        var status = stackalloc byte[StatusBytes];
        return GetStatus(CurrentFolder, folder, NoFollow, OwnerMask, status) == 0 && *(uint*)(status + OwnerAt) == GetUser() && (File.GetUnixFileMode(folder) & Others) == 0;
    }

    /// <summary>Gives a file the owner and the group of another, where that is allowed: root is, and others have the same owner by making it.</summary>
    public static unsafe void Keep(string of, string file)
    {
        byte* there = stackalloc byte[StatusBytes], here = stackalloc byte[StatusBytes];
        if (OperatingSystem.IsLinux()
            && GetStatus(CurrentFolder, of, Follow, OwnerMask | GroupMask, there) == 0 && GetStatus(CurrentFolder, file, NoFollow, OwnerMask | GroupMask, here) == 0
            && (*(uint*)(there + OwnerAt) != *(uint*)(here + OwnerAt) || *(uint*)(there + GroupAt) != *(uint*)(here + GroupAt)))
        {
            _ = SetOwner(file, *(uint*)(there + OwnerAt), *(uint*)(there + GroupAt));
        }
    }

    private static unsafe bool IsRootsAlone(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var status = stackalloc byte[StatusBytes];
        return !OperatingSystem.IsWindows()
            && GetStatus(CurrentFolder, path, NoFollow, OwnerMask, status) == 0 && *(uint*)(status + OwnerAt) == 0
            && GetStatus(CurrentFolder, path, Follow, OwnerMask, status) == 0 && *(uint*)(status + OwnerAt) == 0
            && (File.GetUnixFileMode(path) & Others) == 0;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetStatus(int folder, string path, int flags, uint mask, byte* status);
}
