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

    /// <summary>Looks whether one processor can be run; where not, says so on standard error.</summary>
    /// <returns>Whether it can.</returns>
    public static bool IsEnough()
    {
        if (FaultFor(processors: 1) is not { } fault)
        {
            return true;
        }

        ReportStream.Open(StandardDescriptor.Error).Write(Encoding.UTF8.GetBytes($"error: {fault}\n"));
        return false;
    }

    /// <summary>Looks whether so many processors can be run.</summary>
    /// <exception cref="UsageException">They can't.</exception>
    public static void Require(int processors)
    {
        if (FaultFor(processors) is { } fault)
        {
            throw new UsageException($"{fault}, or take fewer processors (--processors)");
        }
    }

    private static unsafe string? FaultFor(int processors)
    {
        var needed = NeededByAssemblies + (NeededByProcessor * processors);
        Limits limits;
        return OperatingSystem.IsWindows() || GetLimits(OperatingSystem.IsMacOS() ? MacOpenFiles : LinuxOpenFiles, &limits) != 0 || limits.Current >= (ulong)needed
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"open files: expected a limit of at least {needed} for {processors} {(processors == 1 ? "processor" : "processors")}, but it is {limits.Current}: raise it (ulimit -n {needed})");
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
