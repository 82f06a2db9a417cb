using System.Diagnostics;

namespace ActorImaging.Cli.Reporting;

/// <summary>What this process has used since it was started.</summary>
/// <param name="Cpu">Processor time of all threads.</param>
/// <param name="PeakBytes">The largest working set, native memory included; 0 where the system does not tell.</param>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long PeakBytes)
{
    /// <summary>Looks at it.</summary>
    public static ProcessUsage Now()
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessUsage(Environment.CpuUsage.TotalTime, self.PeakWorkingSet64);
    }
}
