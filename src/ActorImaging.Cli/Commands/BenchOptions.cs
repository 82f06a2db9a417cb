using System.Collections.Immutable;
using System.CommandLine;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary>The options of <c>bench</c>, read and checked.</summary>
internal sealed record BenchOptions(
    int ImageCount,
    (int WidthPixels, int HeightPixels) Size,
    string? InputFolder,
    ImmutableArray<ImmutableArray<ImageOperation>> Variants,
    int Rounds,
    string WorkFolder,
    bool Keep,
    bool WithPerTask)
{
    private const string SeedOperations = "resize:800x600,blur:5,grayscale,sharpen,rotate:90,tint:#ff6432";
    private const char VariantSeparator = ',';
    private const int MaxRounds = 100;

    private static readonly Option<int> Images = new("--images")
    {
        Description = "How many source images are made.",
        HelpName = "N",
        DefaultValueFactory = _ => GenerateCommand.DefaultCount,
    };

    private static readonly Option<string> SizeOption = new("--size")
    {
        Description = "The size of source images in pixels.",
        HelpName = "WxH",
        DefaultValueFactory = _ => GenerateCommand.DefaultSize,
    };

    private static readonly Option<string> Operations = new("--operations")
    {
        Description = "What is done to each image: tasks separated by commas, the operations of one task joined by +.",
        HelpName = "OPS",
        DefaultValueFactory = _ => SeedOperations,
    };

    private static readonly Option<DirectoryInfo?> Input = new("--input")
    {
        Description = "A folder of images to use instead of made ones.",
        HelpName = "DIR",
    };

    private static readonly Option<int> RoundsOption = new("--rounds")
    {
        Description = "How often each row is measured; the median is reported.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<DirectoryInfo?> WorkDir = new("--work-dir")
    {
        Description = "Where images and outputs go, in a folder that is removed at the end; the system's temporary folder by default.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> KeepOption = new("--keep") { Description = "Keep images and outputs." };

    private static readonly Option<bool> PerTask = new("--per-task")
    {
        Description = "One more row: an actor and a thread for every task at once, as the article's second approach.",
    };

    /// <summary>The options, in the order in which help shows them.</summary>
    public static IEnumerable<Option> All { get; } =
        [Images, SizeOption, Operations, Input, RoundsOption, PerTask, WorkDir, KeepOption];

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">One of them can't be used.</exception>
    /// <exception cref="InvalidImageOperationException">An operation can't be read.</exception>
    public static BenchOptions Read(ParseResult parsed) => new(
        CommonOptions.RequireRange(Images.Name, parsed.GetValue(Images), 1, GenerateCommand.MaxCount),
        CommonOptions.ParseSize(SizeOption.Name, parsed.GetValue(SizeOption)!),
        parsed.GetValue(Input)?.FullName,
        [.. parsed.GetValue(Operations)!.Split(VariantSeparator, StringSplitOptions.TrimEntries).Select(OperationParser.ParseList)],
        CommonOptions.RequireRange(RoundsOption.Name, parsed.GetValue(RoundsOption), 1, MaxRounds),
        parsed.GetValue(WorkDir)?.FullName ?? Path.GetTempPath(),
        parsed.GetValue(KeepOption),
        parsed.GetValue(PerTask));

    /// <summary>The user's own images, or null when images are to be made.</summary>
    /// <exception cref="UsageException">The folder is missing, or there is no image in it.</exception>
    public ImmutableArray<string>? FindInputs()
    {
        if (InputFolder is null)
        {
            return null;
        }

        if (!Directory.Exists(InputFolder))
        {
            throw new UsageException($"{Input.Name}: expected a folder of images, but there is no folder '{InputFolder}'");
        }

        var found = Directory.EnumerateFiles(InputFolder)
            .Where(ImageFormats.IsSource)
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return found.IsEmpty
            ? throw new UsageException($"{Input.Name}: expected images ({string.Join(", ", ImageFormats.SourceExtensions)}), but there is none in '{InputFolder}'")
            : found;
    }
}
