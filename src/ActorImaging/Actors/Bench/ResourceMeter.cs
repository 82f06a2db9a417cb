using System.Diagnostics;

namespace ActorImaging.Actors.Bench;

/// <summary>Measures what the whole process uses between two moments. Native memory counts, since it is the working set that is sampled.</summary>
internal sealed class ResourceMeter
{
    private long _startedTimestamp;
    private TimeSpan _startedCpu;

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Processor time of all threads.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>The largest working set that a sample saw.</summary>
    public long PeakBytes { get; private set; }

    public void Start()
    {
        _startedCpu = Environment.CpuUsage.TotalTime;
        _startedTimestamp = Stopwatch.GetTimestamp();
        Sample();
    }

    public void Sample() => PeakBytes = Math.Max(PeakBytes, Environment.WorkingSet);

    public void Stop()
    {
        Elapsed = Stopwatch.GetElapsedTime(_startedTimestamp);
        Cpu = Environment.CpuUsage.TotalTime - _startedCpu;
        Sample();
    }
}
