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

/// <summary>What the actors themselves cost: tasks that do nothing, through the whole path from the client and back.</summary>
internal static class ActorOverhead
{
    private const int Tasks = 100_000;
    private const int Rounds = 5;
    private const double MicrosecondsPerSecond = 1e6;

    private static readonly ImageHeader KnownHeader = new(ImageFormat.Png, new PixelSize(1, 1), 1);

    public static async Task RunAsync()
    {
        using var host = await StartHostAsync();
        var client = host.Services.GetRequiredService<ImagingClient>();
        Console.WriteLine(Invariant($"{Tasks:N0} tasks that do nothing, {Environment.ProcessorCount} processors, {Rounds} rounds after a warm-up"));
        foreach (var distribution in Enum.GetValues<Distribution>())
        {
            await MeasureAsync(client, distribution);
            var rounds = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                rounds.Add(await MeasureAsync(client, distribution));
            }

            rounds.Sort();
            Console.WriteLine(Invariant(
                $"{distribution,-12} {rounds[Rounds / 2],6:F2} microseconds a task (least {rounds[0]:F2}, most {rounds[^1]:F2})"));
        }

        await host.StopAsync();
    }

    private static async Task<IHost> StartHostAsync()
    {
        var configuration = ImagingConfiguration.Load();
        var done = new TaskOutcome(TaskState.Succeeded, default, []);
        var nothing = new ImagingWork(new NothingEngine(), (_, _) => done, new SourceLeases());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddImagingClient(configuration, nothing)
            .AddAkka("imaging", (akka, provider) => akka.WithOwnSettings(configuration).WithActorImaging(configuration, provider));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<double> MeasureAsync(ImagingClient client, Distribution distribution)
    {
        var started = Stopwatch.GetTimestamp();
        var summary = await client.RunBatchAsync(CreateTasks(), options: new BatchOptions { Distribution = distribution });
        var elapsed = Stopwatch.GetElapsedTime(started);
        return summary.Succeeded == Tasks
            ? elapsed.TotalSeconds * MicrosecondsPerSecond / Tasks
            : throw new InvalidOperationException($"not all tasks were done: {summary}");
    }

    private static IEnumerable<ImageTask> CreateTasks()
    {
        for (var id = 1; id <= Tasks; id++)
        {
            yield return new ImageTask(new TaskId(id), $"in-{id}.png", [], "out.png") { Header = KnownHeader }; // looking at files would cost more than all the actors do
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
