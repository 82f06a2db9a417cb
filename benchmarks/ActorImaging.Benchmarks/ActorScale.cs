using System.Diagnostics;
using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Benchmarks;

/// <summary>Whether the cost of a task stays what it is, however much waits and however many batches are open.</summary>
internal static class ActorScale
{
    private const double MicrosecondsPerSecond = 1e6;

    public static async Task RunAsync()
    {
        using var host = await StartHostAsync();
        var client = host.Services.GetRequiredService<ImagingClient>();
        await MeasureSinglesAsync(client, 1000);
        Report($"single tasks one after the other", await MeasureSequenceAsync(client, 1000), 1000);
        foreach (var count in new[] { 100, 1600, 10_000 })
        {
            Report($"{count:N0} single tasks at once", await MeasureSinglesAsync(client, count), count);
        }

        foreach (var distribution in Enum.GetValues<Distribution>())
        {
            foreach (var waiting in new[] { 100, 10_000, 1_000_000 })
            {
                Report($"{waiting:N0} tasks that wait, {distribution}", await MeasureWaitingAsync(client, waiting, distribution), Math.Max(waiting, 10_000));
            }
        }

        foreach (var open in new[] { 1, 100, 10_000 })
        {
            Report($"{open:N0} batches in turn, opened for it", await MeasureBatchesAsync(client, open), 100_000);
            Report($"a batch beside {open:N0} others that are open", await MeasureBesideAsync(client, open), 100_000);
        }

        await host.StopAsync();
    }

    private static async Task<TimeSpan> MeasureSequenceAsync(ImagingClient client, int count)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var task in CreateTasks(count))
        {
            Require((await client.ProcessAsync(task)).State == TaskState.Succeeded);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<TimeSpan> MeasureSinglesAsync(ImagingClient client, int count)
    {
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(CreateTasks(count).Select(task => client.ProcessAsync(task)));
        Require(results.All(result => result.State == TaskState.Succeeded));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>A batch whose tasks are all handed in at once; small ones again and again, so that there is something to measure.</summary>
    private static async Task<TimeSpan> MeasureWaitingAsync(ImagingClient client, int waiting, Distribution distribution)
    {
        var options = new BatchOptions { Distribution = distribution, MostTasks = waiting };
        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < 10_000; done += waiting)
        {
            Require((await client.RunBatchAsync(CreateTasks(waiting), options: options)).Succeeded == waiting);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<TimeSpan> MeasureBatchesAsync(ImagingClient client, int open)
    {
        var options = new BatchOptions { MostTasks = 100 };
        var started = Stopwatch.GetTimestamp();
        var summaries = await Task.WhenAll(Enumerable.Range(0, open).Select(_ => client.RunBatchAsync(CreateTasks(100_000 / open), options: options)));
        Require(summaries.Sum(summary => summary.Succeeded) == 100_000);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>One batch does something; the others have nothing to do yet.</summary>
    private static async Task<TimeSpan> MeasureBesideAsync(ImagingClient client, int open)
    {
        var options = new BatchOptions { MostTasks = 100 };
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = Enumerable.Range(0, open).Select(_ => client.RunBatchAsync(NoneUntil(end.Task), options: options)).ToList();
        while ((await client.GetStatusAsync()).OpenBatches < open)
        {
            await Task.Yield();
        }

        var started = Stopwatch.GetTimestamp();
        Require((await client.RunBatchAsync(CreateTasks(100_000), options: options)).Succeeded == 100_000);
        var elapsed = Stopwatch.GetElapsedTime(started);
        end.SetResult();
        await Task.WhenAll(others);
        return elapsed;
    }

    private static async IAsyncEnumerable<ImageTask> NoneUntil(Task end)
    {
        await end;
        yield break;
    }

    private static async Task<IHost> StartHostAsync()
    {
        var configuration = ImagingConfiguration.Load(new HoconLayer("scale", "actor-imaging { window-tasks = 1000000, max-open-tasks = 100000000, max-batches = 100000 }"));
        var done = new TaskOutcome(TaskState.Succeeded, default, []);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddImagingClient(configuration, new ImagingWork(new NothingEngine(), (_, _) => done, new SourceLeases()))
            .AddAkka("imaging", (akka, provider) => akka.WithOwnSettings(configuration).WithActorImaging(configuration, provider));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Their headers are known: looking at files would cost more than all the actors do.</summary>
    private static IEnumerable<ImageTask> CreateTasks(int count) => Enumerable.Range(1, count).Select(id =>
        new ImageTask(new TaskId(id), id.ToString(CultureInfo.InvariantCulture), [], "out.png") { Header = new ImageHeader(ImageFormat.Png, new PixelSize(1, 1), 1) });

    private static void Report(FormattableString what, TimeSpan elapsed, int tasks) => Console.WriteLine(FormattableString.Invariant(
        $"{what.ToString(CultureInfo.InvariantCulture),-45} {elapsed.TotalSeconds * MicrosecondsPerSecond / tasks,8:F2} microseconds a task"));

    private static void Require(bool isDone)
    {
        if (!isDone)
        {
            throw new InvalidOperationException("not all tasks were done");
        }
    }
}
