using System.Diagnostics;
using System.Globalization;
using ActorImaging.Fuzz.Mutators;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Fuzz;

/// <summary>Damages files and puts them through the pipeline until the time is over, on every core.</summary>
/// <param name="duration">How long.</param>
/// <param name="seed">What decides, so that a run can be had again.</param>
internal sealed class FuzzRun(TimeSpan duration, int seed)
{
    private const int MostChanges = 6;
    private const int MostFindings = 20;
    private const int HangExitCode = 3;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private static readonly FailureKind[] OfSources = [FailureKind.Corrupt, FailureKind.Unsupported, FailureKind.OverLimit];

    private readonly FuzzTarget _target = new();
    private readonly List<byte[]>[] _corpus = Corpus.Make();
    private readonly Dictionary<string, long> _ends = [];
    private readonly Lock _guard = new();
    private readonly string _findings = Path.Combine("artifacts", "fuzz");
    private long _executions;
    private int _found;
    private TimeSpan _longest;
    private byte[] _slowest = [];

    /// <summary>Runs.</summary>
    /// <returns>Whether every file ended in a stated way.</returns>
    public bool Execute(TextWriter report)
    {
        Directory.CreateDirectory(_findings);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Thread(() => Work(number)) { IsBackground = true }).ToList();
        var started = Stopwatch.GetTimestamp();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        Write(report, Stopwatch.GetElapsedTime(started));
        return _found == 0;
    }

    /// <summary>Puts one file through in many ways, and shows how each ended that should not.</summary>
    /// <returns>Whether all ended in a stated way.</returns>
    public static bool Again(byte[] file, int seed, TextWriter report)
    {
        const int Ways = 1000;
        var (target, random) = (new FuzzTarget(), new Random(seed));
        var found = Enumerable.Range(0, Ways).Select(_ => target.Process(file, random)).Where(IsFinding).ToList();
        found.ForEach(failure => report.WriteLine($"{failure!.Kind} {failure.Reason}"));
        return found.Count == 0;
    }

    private static bool IsFinding(TaskFailure? failure) => failure is not null && !OfSources.Contains(failure.Kind);

    private void Work(int number)
    {
        var random = new Random(seed + number);
        IMutator[] mutators = [new ByteMutator(), new PngMutator(), new JpegMutator(), new TiffMutator()];
        var current = Path.Combine(_findings, $"current-{Environment.ProcessId}-{number}.bin"); // what is left of it after a crash
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration && _found < MostFindings)
        {
            var format = random.Next(_corpus.Length);
            var file = Damage(_corpus[format], mutators, (ImageFormat)format, random);
            File.WriteAllBytes(current, file);
            Try(file, random, current);
        }

        File.Delete(current);
    }

    private static byte[] Damage(List<byte[]> whole, IMutator[] mutators, ImageFormat format, Random random)
    {
        var file = whole[random.Next(whole.Count)];
        for (var left = random.Next(1, MostChanges); left > 0; left--)
        {
            var mutator = random.Next(3) == 0 ? mutators[0] : format switch
            {
                ImageFormat.Png => mutators[1],
                ImageFormat.Jpeg => mutators[2],
                ImageFormat.Tiff => mutators[3],
                _ => mutators[0],
            };
            file = mutator.Mutate(file, whole[random.Next(whole.Count)], random);
        }

        return file;
    }

    private void Try(byte[] file, Random random, string current)
    {
        var began = Stopwatch.GetTimestamp();
        using var watch = new Timer(_ => Environment.Exit(SayHang(current)), null, Hang, Timeout.InfiniteTimeSpan);
        TaskFailure? failure;
        try
        {
            failure = _target.Process(file, random);
        }
        catch (OutOfMemoryException fault)
        {
            failure = new TaskFailure(FailureKind.OutOfMemory, fault.Message);
        }

        Note(file, failure, Stopwatch.GetElapsedTime(began));
    }

    private static int SayHang(string current)
    {
        Console.Error.WriteLine($"a file takes more than {Hang.TotalSeconds} s: {current}");
        return HangExitCode;
    }

    private void Note(byte[] file, TaskFailure? failure, TimeSpan took)
    {
        lock (_guard)
        {
            _executions++;
            if (took > _longest)
            {
                _longest = took;
                _slowest = file;
            }

            var end = failure is null ? "Succeeded" : $"{failure.Kind}";
            _ends[end] = _ends.GetValueOrDefault(end) + 1;
            if (IsFinding(failure))
            {
                var path = Path.Combine(_findings, $"{failure!.Kind}-{Convert.ToHexStringLower(System.IO.Hashing.XxHash64.Hash(file))}.bin");
                File.WriteAllBytes(path, file);
                Console.Error.WriteLine($"{path}: {failure.Reason}");
                _found++;
            }
        }
    }

    private void Write(TextWriter report, TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        File.WriteAllBytes(Path.Combine(_findings, "slowest.bin"), _slowest);
        var ends = string.Join(", ", _ends.OrderByDescending(end => end.Value).Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Key} {end.Value:N0}")));
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_executions:N0} executions in {elapsed.TotalSeconds:F0} s (seed {seed}): {ends}"));
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"findings {_found}, longest {_longest.TotalMilliseconds:N0} ms, peak memory {process.PeakWorkingSet64 / 1e6:N0} MB, managed at the end {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB, pixel buffers left {PixelBuffer.LiveBytes:N0} bytes"));
    }
}
