using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using Akka.Configuration;

namespace ActorImaging.Hosting;

/// <summary>
/// The configuration of a system: the reference, the user's file laid over it, single keys laid over that; checked as a whole before any
/// work, with <c>auto</c> replaced by numbers.
/// </summary>
public sealed class ImagingConfiguration
{
    private const string Section = "actor-imaging";

    private ImagingConfiguration(Config hocon, ImagingSettings settings)
    {
        Hocon = hocon;
        Settings = settings;
        Guest = PoolDeployments.OnlyOurs(hocon, Section);
    }

    /// <summary>All of it, for an actor system of our own.</summary>
    public Config Hocon { get; }

    /// <summary>What is ours in it, for somebody else's actor system: the section <c>actor-imaging</c>, deployments, and their dispatchers.</summary>
    internal Config Guest { get; }

    /// <summary>What stands under <c>actor-imaging</c>.</summary>
    public ImagingSettings Settings { get; }

    /// <summary>Loads the reference configuration with the given layers over it.</summary>
    /// <param name="layers">Layers of HOCON; a later one wins over an earlier one.</param>
    /// <exception cref="InvalidConfigurationException">Something in it can't be used; all faults at once.</exception>
    public static ImagingConfiguration Load(params IReadOnlyList<HoconLayer> layers)
    {
        var faults = new List<string>();
        var hocon = Reference;
        foreach (var layer in layers)
        {
            hocon = layer.Over(hocon, faults);
        }

        var settings = ReadSettings(hocon, faults, out _);
        var resolved = PoolDeployments.Resolve(hocon, settings.Processors, faults);
        return faults.Count == 0 ? new ImagingConfiguration(resolved, settings) : throw new InvalidConfigurationException(faults);
    }

    /// <summary>The work of the engine that the settings name; its native library is loaded here.</summary>
    /// <param name="beforeCommit">
    /// Is shown each output when it is whole, before it goes under its final name; on several threads at once. What it throws fails the task.
    /// </param>
    /// <exception cref="InvalidOperationException">ImageMagick's security policy can't be put in force.</exception>
    internal ImagingWork CreateWork(Action<ImageTask, FileStream>? beforeCommit = null)
    {
        var engine = Settings.Engine == ImageEngine.MagickName
            ? ImageEngine.Magick(Settings.MagickPng, Settings.Limits)
            : ImageEngine.Accelerated(Settings.MagickPng, Settings.Limits);
        var sources = new SourceLeases(engine.SharesSources);
        var pipeline = new ImageTaskPipeline(engine, sources, Settings.Limits, beforeCommit);
        return new ImagingWork(engine, pipeline.Process, sources);
    }

    /// <summary>The reference configuration as it is shipped.</summary>
    internal static Config Reference { get; } =
        HoconLayer.Embedded("ActorImaging.bench.conf")
            .WithFallback(HoconLayer.Embedded("ActorImaging.reference.conf"))
            .WithFallback(HoconLayer.Embedded("ActorImaging.host.conf"));

    /// <summary>Reads the settings; the known keys come out beside them.</summary>
    internal static ImagingSettings ReadSettings(Config hocon, ICollection<string> faults, out IReadOnlyCollection<string> knownKeys)
    {
        var defaults = new ImagingSettings();
        var section = new HoconSection(hocon, Section, faults);
        var settings = new ImagingSettings
        {
            Engine = section.Choice("engine", defaults.Engine, (ImageEngine.AcceleratedName, ImageEngine.AcceleratedName), (ImageEngine.MagickName, ImageEngine.MagickName)),
            Processors = section.Integer(
                "processors", 1, ImagingSettings.MaxProcessors, defaults.Processors, automatic: Environment.ProcessorCount),
            Distribution = section.Choice(
                "distribution",
                defaults.Distribution,
                ("work-pulling", Distribution.WorkPulling),
                ("round-robin", Distribution.RoundRobin)),
            WindowTasks = section.Integer("window-tasks", 1, 1_000_000, defaults.WindowTasks),
            MaxAttempts = section.Integer("max-attempts", 1, 100, defaults.MaxAttempts),
            RetryDelay = section.Duration("retry-delay", TimeSpan.Zero, TimeSpan.FromHours(1), defaults.RetryDelay),
            MaxBatches = section.Integer("max-batches", 1, 1_000_000, defaults.MaxBatches),
            MaxOpenTasks = section.Integer("max-open-tasks", 1, 100_000_000, defaults.MaxOpenTasks),
            MemoryBudgetBytes = section.Whole("memory-budget", 1L << 20, 1L << 40, defaults.MemoryBudgetBytes, automatic: defaults.MemoryBudgetBytes),
            ShrinkOnLoad = section.Choice(
                "shrink-on-load",
                defaults.ShrinkOnLoad,
                ("on", ShrinkOnLoad.On),
                ("careful", ShrinkOnLoad.Careful),
                ("off", ShrinkOnLoad.Off)),
            TaskTimeout = section.Duration(
                "task-timeout", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(24), defaults.TaskTimeout, allowInfinite: true),
            AnswerTimeout = section.Duration(
                "answer-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), defaults.AnswerTimeout),
            MagickPng = ReadMagickPng(section, defaults.MagickPng),
            Limits = ReadLimits(section, defaults.Limits),
        };
        section.RejectUnknownKeys();
        knownKeys = section.Known;
        return settings;
    }

    private static MagickPngEncoding ReadMagickPng(HoconSection section, MagickPngEncoding defaults) => new(
        section.Integer("magick-png.compression-level", 0, 9, defaults.CompressionLevel),
        section.Choice(
            "magick-png.strategy",
            defaults.Strategy,
            ("default", MagickPngStrategy.Default),
            ("filtered", MagickPngStrategy.Filtered),
            ("huffman-only", MagickPngStrategy.HuffmanOnly),
            ("run-length", MagickPngStrategy.RunLength)),
        section.Choice("magick-png.filter", defaults.Filter, ("none", MagickPngFilter.None), ("adaptive", MagickPngFilter.Adaptive)));

    private static ImageLimits ReadLimits(HoconSection section, ImageLimits defaults) => new()
    {
        SourceBytes = section.Whole("limits.source-bytes", 1, 1L << 40, defaults.SourceBytes),
        WidthPixels = section.Integer("limits.width", 1, ResizeOperation.MaxSidePixels, defaults.WidthPixels),
        HeightPixels = section.Integer("limits.height", 1, ResizeOperation.MaxSidePixels, defaults.HeightPixels),
        Pixels = section.Whole("limits.pixels", 1, 1L << 32, defaults.Pixels),
        Frames = section.Integer("limits.frames", 1, 10_000, defaults.Frames),
        OutputPixels = section.Whole("limits.output-pixels", 1, 1L << 32, defaults.OutputPixels),
        MetadataBytes = section.Whole("limits.metadata-bytes", 0, 1L << 30, defaults.MetadataBytes),
        Scans = section.Integer("limits.scans", 1, 10_000, defaults.Scans),
        Formats = section.Words("formats.read", defaults.Formats, ImageFormats.Read, ImageFormats.WordsFor),
    };
}
