using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ActorImaging.Cli.Streams;

/// <summary>
/// How many files this process may open at once. .NET keeps each assembly open, twice; where it can't, whatever is being done ends with a message that
/// names an assembly, or with none at all. So that is looked at before anything else, by what needs no further assembly.
/// </summary>
internal static partial class OpenFileLimit
{
    // 182 were open at most in a batch of two processors: 2 for each of 79 assemblies, and those of the runtime itself
    private const int NeededByAssemblies = 192;
    private const int NeededByProcessor = 4; // a source, its output, a folder that is looked into, and one more

    private const int LinuxOpenFiles = 7;
    private const int MacOpenFiles = 8;

    private static int Needed => NeededByAssemblies + (NeededByProcessor * Environment.ProcessorCount);

    /// <summary>Looks at it; where it is too low, says so on standard error.</summary>
    /// <returns>Whether the program can run.</returns>
    public static unsafe bool IsEnough()
    {
        Limits limits;
        if (OperatingSystem.IsWindows() || GetLimits(OperatingSystem.IsMacOS() ? MacOpenFiles : LinuxOpenFiles, &limits) != 0 || limits.Current >= (ulong)Needed)
        {
            return true;
        }

        var message = string.Create(
            CultureInfo.InvariantCulture, $"error: open files: expected a limit of at least {Needed}, but it is {limits.Current} (ulimit -n {Needed} raises it)\n");
        if (!StandardDescriptor.IsClosed(StandardDescriptor.Error))
        {
            ReportStream.Open(StandardDescriptor.Error).Write(Encoding.UTF8.GetBytes(message));
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetLimits(int resource, Limits* limits);

    private struct Limits
    {
        public ulong Current;
        public ulong Most;
    }
}
