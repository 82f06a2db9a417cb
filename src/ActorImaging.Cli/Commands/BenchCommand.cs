using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ActorImaging.Actors.Bench;
using ActorImaging.Cli.Reporting;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary><c>actor-imaging bench</c>: the article's experiment, one actor against N on the same tasks.</summary>
internal static class BenchCommand
{
    private const double BytesPerPixel = 3.3; // RGB noise hardly compresses, and PNG adds a little

    public static Command Create(StopSignals stop)
    {
        var command = new Command("bench", "Does the same image tasks with one actor and with N, and compares.");
        foreach (var option in BenchOptions.All)
        {
            command.Options.Add(option);
        }

        CommonOptions.AddTo(command);
        command.SetAction(parsed => RunAsync(parsed, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StopSignals stop)
    {
        var options = BenchOptions.Read(parsed);
        var inputs = options.FindInputs();
        var configuration = CommonOptions.LoadConfiguration(parsed, PerTaskPool(options, inputs));
        using var folder = new BenchWorkFolder(options.WorkFolder, NeededBytes(options, inputs, configuration.Settings.Limits), options.Keep);
        stop.BeforeExit(folder.Dispose);
        var report = new BenchReporter(parsed.GetValue(CommonOptions.Json), parsed.GetValue(CommonOptions.Quiet));
        stop.ShowBy(report.IsLive);
        stop.Begin();

        var work = configuration.CreateWork();
        await using var host = await ImagingHost.StartAsync(configuration, work);
        report.Begin(configuration, work.Engine.Description);
        var sources = inputs ?? await report.WhileGeneratingAsync(options.ImageCount, Generate(options, folder.Path, stop.Token), stop.Token);
        if (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }

        var plan = new BenchPlan(Describe(sources, options, configuration.Settings), options.Variants, folder.Path, options.Rounds, options.WithPerTask, options.Keep);
        report.Plan(plan);
        var ended = await report.WhileRunningAsync(progress => host.Bench.RunAsync(plan, progress, stop.Token), stop.Token);
        return report.End(ended, options.Keep ? folder.Path : null);
    }

    private static IEnumerable<string> Generate(BenchOptions options, string folder, CancellationToken stop)
    {
        var images = new SourceImages(Path.Combine(folder, "images"), options.Size.WidthPixels, options.Size.HeightPixels);
        foreach (var spec in SourceImageSpec.First(options.ImageCount).TakeWhile(_ => !stop.IsCancellationRequested))
        {
            yield return images.Ensure(spec).Path;
        }
    }

    private static ImmutableArray<BenchSource> Describe(
        ImmutableArray<string> sources, BenchOptions options, ImagingSettings settings) => [.. sources.Select(path =>
    {
        var header = HeaderOf(path, settings.Limits);
        return new BenchSource(path, header, SourceShrink.For(header, options.Variants, settings.ShrinkOnLoad));
    })];

    private static IEnumerable<HoconLayer> PerTaskPool(BenchOptions options, ImmutableArray<string>? inputs)
    {
        if (options.WithPerTask)
        {
            var tasks = (inputs?.Length ?? options.ImageCount) * options.Variants.Length;
            yield return new HoconLayer(
                "--per-task",
                string.Create(CultureInfo.InvariantCulture, $"akka.actor.deployment {{ /bench/per-task/processors {{ nr-of-instances = {tasks} }} }}"));
        }
    }

    private static long NeededBytes(BenchOptions options, ImmutableArray<string>? inputs, ImageLimits limits)
    {
        const int MostRows = 4;
        var made = inputs is null ? (long)options.Size.WidthPixels * options.Size.HeightPixels * options.ImageCount : 0;
        var sources = inputs?.Sum(path => HeaderOf(path, limits).Pixels) ?? made;
        var rowsKept = options.Keep ? MostRows : 1;
        return (long)(BytesPerPixel * (made + (sources * options.Variants.Length * rowsKept)));
    }

    private static ImageHeader HeaderOf(string path, ImageLimits limits)
    {
        try
        {
            return new SourceMeasure(limits).Read(new ImageSource(path, new SourceSettings()));
        }
        catch (Exception fault)
        {
            var failure = FailureClassifier.Classify(fault, new ImageTask(default, path, [], path));
            throw new UsageException($"--input: expected images only, but {failure.Reason}", fault);
        }
    }
}
