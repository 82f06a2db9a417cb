using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Benchmarks;

/// <summary>
/// A million tasks over a thousand batches, of which one in a hundred crashes, or is where its processor is killed, or hangs past its time-out.
/// Counts what came of every one of them, and looks whether memory and threads stay what they were.
/// </summary>
internal sealed class Soak
{
    private const int TasksOfABatch = 1000;
    private const int BatchesAtOnce = 50;
    private const int Processors = 8;
    private const int Looks = 10;
    private const double MicrosecondsPerSecond = 1e6;
    private const double BytesPerMegabyte = 1e6;

    private static readonly TaskOutcome Done = new(TaskState.Succeeded, default, []);
    private static readonly TimeSpan LateBy = TimeSpan.FromMilliseconds(200);

    private readonly int _batches;
    private readonly SourceLeases _sources = new();
    private readonly ConcurrentDictionary<string, bool> _crashed = new();
    private int _crashes;
    private int _hangs;
    private int _kills;

    private Soak(int batches) => _batches = batches;

    public static Task RunAsync(int batches) => new Soak(batches).RunAsync();

    private async Task RunAsync()
    {
        using var host = await StartHostAsync();
        var client = host.Services.GetRequiredService<ImagingClient>();
        using var stop = new CancellationTokenSource();
        var killing = KillAsync(host.Services.GetRequiredService<ActorSystem>(), stop.Token);
        var totals = new Totals();
        var started = Stopwatch.GetTimestamp();
        for (var look = 0; look < Looks; look++)
        {
            var from = look * _batches / Looks;
            var to = (look + 1) * _batches / Looks;
            await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce }, async (batch, _) => totals.Add(await DoBatchAsync(client, batch)));
            Print(to, totals, Stopwatch.GetElapsedTime(started));
        }

        await stop.CancelAsync();
        await killing;
        await RequireNothingLeftAsync(client);
        Console.WriteLine(Invariant($"injected: {_crashes:N0} crashes, {_kills:N0} kills, {_hangs:N0} hangs; {Stopwatch.GetElapsedTime(started).TotalSeconds * MicrosecondsPerSecond / ((double)_batches * TasksOfABatch):F1} microseconds a task"));
        await host.StopAsync();
    }

    private static async Task<BatchSummary> DoBatchAsync(ImagingClient client, int batch)
    {
        while (true)
        {
            try
            {
                return await DoOnceAsync(client, batch);
            }
            catch (ImagingRefusedException refused)
            {
                await Task.Delay(refused.RetryAfter); // too many hang at this moment
            }
        }
    }

    private static async Task<BatchSummary> DoOnceAsync(ImagingClient client, int batch)
    {
        var seen = new HashSet<TaskId>();
        var options = new BatchOptions { Distribution = batch % 2 == 0 ? Distribution.WorkPulling : Distribution.RoundRobin, MostTasks = TasksOfABatch };
        var summary = await client.RunBatchAsync(
            CreateTasks(batch),
            happened => happened is not TaskEnded ended || seen.Add(ended.Result.Task.Id)
                ? ValueTask.CompletedTask
                : throw new InvalidOperationException($"{ended.Result.Task.Id} of batch {batch} ended twice"),
            options);
        return summary.IsAccountedFor && seen.Count == TasksOfABatch ? summary : throw new InvalidOperationException($"batch {batch}: {seen.Count} tasks ended, {summary}");
    }

    private TaskOutcome Process(ImageTask task, TaskPermit permit)
    {
        var lot = Lot(task);
        if (lot < 80 && IsFirst(task))
        {
            Interlocked.Increment(ref _crashes);
            throw new InvalidOperationException("a defect, injected");
        }

        if (lot is >= 80 and < 85)
        {
            Interlocked.Increment(ref _hangs);
            permit.Token.WaitHandle.WaitOne();
            Thread.Sleep(LateBy); // it returns, but late: what a hung native call does that ends after all
        }

        return Done;
    }

    /// <summary>One to ten thousand, by the task's name.</summary>
    private static int Lot(ImageTask task) => (int)(System.IO.Hashing.XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(task.SourcePath)) % 10_000);

    /// <summary>A task crashes at its first attempt, and not at the next.</summary>
    private bool IsFirst(ImageTask task) => !_crashed.TryRemove(task.SourcePath, out _) && _crashed.TryAdd(task.SourcePath, true);

    /// <summary>Kills a processor whose name ends in one letter after the other, twenty times a second.</summary>
    private async Task KillAsync(ActorSystem system, CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var name = (char)('a' + (round % Processors));
            system.ActorSelection($"/user/{ActorImagingHosting.SupervisorName}/*/*{name}").Tell(round % 2 == 0 ? PoisonPill.Instance : Kill.Instance);
            Interlocked.Increment(ref _kills);
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    private async Task RequireNothingLeftAsync(ImagingClient client)
    {
        var patience = Stopwatch.StartNew();
        ImagingStatus status;
        do
        {
            status = await client.GetStatusAsync();
        }
        while ((!status.IsHealthy || status.AbandonedProcessors + status.OpenBatches > 0) && patience.Elapsed < TimeSpan.FromSeconds(30));

        Console.WriteLine($"at the end: {status}, {_sources.Count} sources leased");
        if (!status.IsHealthy || status.AbandonedProcessors + status.OpenBatches + _sources.Count > 0)
        {
            throw new InvalidOperationException("something is left");
        }
    }

    private static void Print(int batches, Totals totals, TimeSpan elapsed)
    {
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine(Invariant(
            $"{batches,5:N0} batches, {totals}, {elapsed.TotalSeconds,5:F0} s, managed {GC.GetGCMemoryInfo().HeapSizeBytes / BytesPerMegabyte,4:F0} MB, working set {Environment.WorkingSet / BytesPerMegabyte,4:F0} MB, {process.Threads.Count} threads"));
    }

    private async Task<IHost> StartHostAsync()
    {
        var configuration = ImagingConfiguration.Load(new HoconLayer(
            "soak", $"actor-imaging {{ processors = {Processors}, task-timeout = 200ms, max-attempts = 20, retry-delay = 50ms }}"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddImagingClient(configuration, new ImagingWork(new NothingEngine(), Process, _sources))
            .AddAkka("imaging", (akka, provider) => akka.WithOwnSettings(configuration).WithActorImaging(configuration, provider));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static IEnumerable<ImageTask> CreateTasks(int batch) => Enumerable.Range(0, TasksOfABatch).Select(number =>
        new ImageTask(new TaskId(number), string.Create(CultureInfo.InvariantCulture, $"{batch}/{number}"), [], "out.png") { Header = new ImageHeader(ImageFormat.Png, new PixelSize(1, 1), 1) });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Totals
    {
        private long _submitted;
        private long _succeeded;
        private long _timedOut;
        private long _others;

        public void Add(BatchSummary summary)
        {
            Interlocked.Add(ref _submitted, summary.Submitted);
            Interlocked.Add(ref _succeeded, summary.Succeeded);
            Interlocked.Add(ref _timedOut, summary.TimedOut);
            Interlocked.Add(ref _others, summary.Failed + summary.Cancelled + summary.Skipped);
        }

        public override string ToString() => Invariant($"{_submitted:N0} tasks: {_succeeded:N0} succeeded, {_timedOut:N0} timed out, {_others:N0} other");
    }
}
