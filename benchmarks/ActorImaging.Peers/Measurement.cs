using System.Diagnostics;
using System.Globalization;

namespace ActorImaging.Peers;

/// <summary>What a run of a program took: all its processes together.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Cpu">Processor time.</param>
/// <param name="PeakBytes">Resident memory at its most, looked at every few milliseconds; what processes share counts for each.</param>
internal sealed record Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakBytes)
{
    private const int BytesPerKibibyte = 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command.</summary>
    /// <exception cref="InvalidOperationException">It fails, or does not end.</exception>
    public static Measurement Run(string command)
    {
        // The shell's own clock counts the processor time of everything that was waited for.
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"TIMEFORMAT='%3R %3U %3S'; time {{ {command} ; }} > /dev/null 2> \"$ERRORS\"");
        var errors = Path.GetTempFileName();
        start.Environment["ERRORS"] = errors;
        try
        {
            using var shell = Process.Start(start)!;
            var peak = Watch(shell);
            var times = shell.StandardError.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries).Select(Seconds).ToList();
            return shell.ExitCode == 0
                ? new Measurement(times[0], times[1] + times[2], peak)
                : throw new InvalidOperationException($"exit code {shell.ExitCode}: {command}\n{File.ReadAllText(errors)}");
        }
        finally
        {
            File.Delete(errors);
        }
    }

    private static long Watch(Process shell)
    {
        var peak = 0L;
        var started = Stopwatch.GetTimestamp();
        while (!shell.WaitForExit(Interval))
        {
            peak = Math.Max(peak, DescendantsOf(shell.Id).Sum(ResidentBytes));
            if (Stopwatch.GetElapsedTime(started) > Longest)
            {
                shell.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"a program did not end within {Longest}");
            }
        }

        return peak;
    }

    private static List<int> DescendantsOf(int process) => ReadIfThere(() => Directory
        .GetDirectories($"/proc/{process}/task")
        .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
        .SelectMany(child => DescendantsOf(child).Prepend(child))
        .ToList()) ?? [];

    private static long ResidentBytes(int process) =>
        ReadIfThere(() => File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * BytesPerKibibyte
            : 0;

    /// <summary>Processes come and go while they are looked at.</summary>
    private static T? ReadIfThere<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
