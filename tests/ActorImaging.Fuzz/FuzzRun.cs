using System.Diagnostics;
using System.Globalization;
using ActorImaging.Fuzz.Mutators;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Fuzz;

/// <summary>Damages files and puts them through the pipeline until the time is over, on every core.</summary>
/// <param name="options">Which, and for how long.</param>
internal sealed class FuzzRun(FuzzOptions options)
{
    private const int MostChanges = 6;
    private const int MostFindings = 20;
    private const int HangExitCode = 3;

    /// <summary>How long a small JPEG may take, by our own code alone; other formats are read or written by libraries that take longer.</summary>
    private static readonly TimeSpan LongestOfJpeg = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly FuzzTarget _target = new(options.Format);
    private readonly List<byte[]>[] _corpus = Corpus.Make(options.Format);
    private readonly int _workers = Environment.ProcessorCount;
    private readonly Dictionary<string, long> _ends = [];
    private readonly Lock _guard = new();
    private readonly string _findings = Path.Combine("artifacts", "fuzz");
    private readonly long _takenAtFirst = NativePixelPool.TakenBytes;
    private long _takenBytes = NativePixelPool.TakenBytes;
    private long _begun;
    private long _executions;
    private int _found;
    private TimeSpan _longest;
    private byte[] _slowest = [];

    /// <summary>Runs.</summary>
    /// <returns>Whether every file ended in a stated way.</returns>
    public bool Execute(TextWriter report)
    {
        Directory.CreateDirectory(_findings);
        var workers = Enumerable.Range(0, _workers).Select(number => new Thread(() => Work(number)) { IsBackground = true }).ToList();
        var started = Stopwatch.GetTimestamp();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        Write(report, Stopwatch.GetElapsedTime(started));
        return _found == 0;
    }

    /// <summary>Puts one file through in many ways, and shows how each ended that should not.</summary>
    /// <returns>Whether all ended in a stated way.</returns>
    public static bool Again(byte[] file, FuzzOptions options, TextWriter report)
    {
        const int Ways = 1000;
        var (target, random) = (new FuzzTarget(options.Format), new Random(options.Seed));
        var found = Enumerable.Range(0, Ways).Select(_ => target.Process(file, random)).Where(IsFinding).ToList();
        found.ForEach(failure => report.WriteLine($"{failure!.Kind} {failure.Reason}"));
        return found.Count == 0;
    }

    private static bool IsFinding(TaskFailure? failure) => !FuzzTarget.IsOfSource(failure);

    private void Work(int number)
    {
        var random = new Random(options.Seed + number);
        IMutator[] mutators = [new ByteMutator(), new PngMutator(), new JpegMutator(), new TiffMutator()];
        var current = Path.Combine(_findings, $"current-{Environment.ProcessId}-{number}.bin"); // what is left of it after a crash
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < options.Duration && _found < MostFindings && Interlocked.Increment(ref _begun) <= options.Executions)
        {
            var format = options.Format ?? (ImageFormat)random.Next(_corpus.Length);
            var file = Damage(_corpus[(int)format], mutators, format, random);
            File.WriteAllBytes(current, file);
            Try(file, random, current);
        }

        File.Delete(current);
    }

    private byte[] Damage(List<byte[]> whole, IMutator[] mutators, ImageFormat format, Random random)
    {
        var plainIn = options.Format == ImageFormat.Jpeg ? 10 : 3; // headers are most of a small JPEG, and few cuts in them get any further
        var file = whole[random.Next(whole.Count)];
        for (var left = random.Next(1, MostChanges); left > 0; left--)
        {
            var mutator = random.Next(plainIn) == 0 ? mutators[0] : format switch
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

        var took = Stopwatch.GetElapsedTime(began);
        Note(file, IsFinding(failure) ? failure : FaultOf(took) ?? failure, took);
    }

    /// <summary>What is wrong though the file ended in a stated way.</summary>
    private TaskFailure? FaultOf(TimeSpan took)
    {
        if (options.Format == ImageFormat.Jpeg && took > LongestOfJpeg)
        {
            return new TaskFailure(FailureKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"took {took.TotalMilliseconds:N0} ms"));
        }

        if (_workers > 1)
        {
            return null; // what others have taken can't be told from what is left
        }

        var left = NativePixelPool.TakenBytes - _takenBytes;
        _takenBytes += left;
        return left != 0 ? new TaskFailure(FailureKind.Unexpected, $"{left} bytes of native memory were not given back") : null;
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
            $"{_executions:N0} executions in {elapsed.TotalSeconds:F0} s (seed {options.Seed}{(options.Format is { } format ? $", {format} alone" : string.Empty)}{(options.AreWritesGuarded ? ", writes guarded" : string.Empty)}): {ends}"));
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"findings {_found}, longest {_longest.TotalMilliseconds:N0} ms, peak memory {process.PeakWorkingSet64 / 1e6:N0} MB, managed at the end {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB, pixel buffers left {PixelBuffer.LiveBytes:N0} bytes, native memory {NativePixelPool.TakenBytes - _takenAtFirst:N0}"));
    }
}
