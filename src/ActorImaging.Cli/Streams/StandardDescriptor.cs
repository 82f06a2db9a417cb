using System.Runtime.InteropServices;

namespace ActorImaging.Cli.Streams;

/// <summary>Standard input, output and error as Unix numbers them, by its own calls: the ones of .NET pass a closed pipe over in silence.</summary>
internal static partial class StandardDescriptor
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    // of fcntl, errno and poll, as Linux and macOS number them
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;
    private const int LinuxTryAgain = 11;
    private const int MacTryAgain = 35;
    private const short CanWrite = 4;
    private const int ForEver = -1;

    /// <summary>
    /// Whether the program was started without it. A number that is free goes to what is opened next, which in a runtime are pipes of its own: to read from
    /// one waits for ever, and what is written to one, its reader takes for orders. What was handed down by whoever started the program is never to
    /// be closed when a program is started; what was opened since, is.
    /// </summary>
    public static bool IsClosed(int descriptor) =>
        !OperatingSystem.IsWindows() && Control(descriptor, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    /// <summary>Writes all of it, waiting for whoever reads.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static unsafe void Write(int descriptor, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = content)
            {
                written = Write(descriptor, bytes, content.Length);
            }

            if (written < 0)
            {
                RecoverOrThrow(descriptor, Marshal.GetLastPInvokeError());
            }

            content = content[Math.Max(0, (int)written)..];
        }
    }

    private static unsafe void RecoverOrThrow(int descriptor, int error)
    {
        if (error == (OperatingSystem.IsMacOS() ? MacTryAgain : LinuxTryAgain))
        {
            var state = new PollState { Descriptor = descriptor, Events = CanWrite };
            _ = Poll(&state, 1, ForEver); // somebody else made it one that does not wait
        }
        else if (error != Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint Write(int descriptor, byte* content, nint length);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(PollState* states, nuint count, int timeout);

    private struct PollState
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
