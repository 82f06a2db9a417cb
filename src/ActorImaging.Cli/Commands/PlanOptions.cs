using System.CommandLine;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary>The options that say what is made of each source and where it goes: what a plan file can hold, too.</summary>
internal static class PlanOptions
{
    private static readonly Option<string?> Plan = new("--plan")
    {
        Description = "A JSON file that holds what these options say; options win over it. The first line of --dry-run --json is one.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Op = new("--op")
    {
        Description = "An operation, such as resize:800x or sharpen; may be repeated, and is applied in that order.",
        HelpName = "OP",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Variants = new("--variant")
    {
        Description = "One output of each source: NAME=OP+OP,format=webp,quality=80. May be repeated; --op comes before its operations.",
        HelpName = "NAME=...",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Format = new("--format") { Description = "The format of outputs: png, jpg, webp, gif, tiff, bmp, avif, jxl.", HelpName = "NAME" };

    private static readonly Option<string?> Quality = new("--quality") { Description = "Quality of lossy formats, 1 to 100; 80 by default.", HelpName = "N" };

    private static readonly Option<string?> Chroma = new("--chroma")
    {
        Description = "How finely JPEG and AVIF keep colour beside brightness; 4:2:0 by default.",
        HelpName = string.Join('|', ChromaSubsampling.All),
    };

    private static readonly Option<string?> Png = Choice<PngPreset>("--png", "How hard PNG is compressed; fast by default.");

    private static readonly Option<bool> Progressive = new("--progressive") { Description = "Write progressive JPEG." };

    private static readonly Option<string?> Metadata = Choice<MetadataPolicy>("--metadata", "What of EXIF, IPTC, XMP and comments goes into outputs; keep by default.");

    private static readonly Option<string?> Profile = Choice<ColorProfilePolicy>("--profile", "What becomes of colour profiles; keep by default.");

    private static readonly Option<string?> Depth = new("--depth")
    {
        Description = "Bits a channel: 8 says that sources with more may lose some, without a warning, and also with --in-place.",
        HelpName = "8",
    };

    private static readonly Option<bool> KeepOrientation = new("--keep-orientation")
    {
        Description = "Leave the EXIF orientation as it is; by default it is applied first.",
    };

    private static readonly Option<string?> Overwrite = Choice<OverwritePolicy>(
        "--overwrite", "When a file that is there is replaced; otherwise the task is skipped. Never by default, but with --in-place inputs are replaced.");

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "The names of outputs below --out: {dir}, {name}, {variant}, {ext}, and {from}, the source's own extension.",
        HelpName = "TEMPLATE",
    };

    private static readonly Option<string?> Frames = Choice<FramePolicy>(
        "--frames", "What becomes of animations and pages. The first is taken by default, all with --in-place.");

    private static readonly Option<string?> OnWarning = Choice<WarningPolicy>(
        "--on-warning", "What becomes of sources that are damaged but can be decoded in part; fail by default.");

    /// <summary>The options, in the order in which help shows them.</summary>
    public static IEnumerable<Option> All { get; } =
        [Op, Variants, Format, Quality, Chroma, Png, Progressive, Metadata, Profile, Depth, KeepOrientation, Frames, OnWarning, Overwrite, Name, Plan];

    /// <summary>What the options say, and below them what the plan file says.</summary>
    /// <exception cref="UsageException">Something can't be read, or two variants have one name.</exception>
    /// <exception cref="InvalidImageOperationException">An operation can't be read.</exception>
    public static PlanSettings Read(ParseResult parsed)
    {
        var said = ReadOptions(parsed);
        return parsed.GetValue(Plan) is { } file ? said.Over(PlanFile.Read(file)) : said;
    }

    private static PlanSettings ReadOptions(ParseResult parsed)
    {
        var operations = parsed.GetValue(Op)!;
        var variants = parsed.GetValue(Variants)!.Select(VariantText.Parse).ToList();
        VariantText.RequireUniqueNames(Variants.Name, variants);
        var settings = new PlanSettings
        {
            Operations = operations.Length == 0 ? null : [.. operations.SelectMany(text => OperationParser.ParseList(text))],
            Variants = variants.Count == 0 ? null : [.. variants],
            Progressive = parsed.GetValue(Progressive) ? true : null,
            KeepOrientation = parsed.GetValue(KeepOrientation) ? true : null,
            Overwrite = ReadWord<OverwritePolicy>(parsed, Overwrite),
            Name = parsed.GetValue(Name),
            Frames = ReadWord<FramePolicy>(parsed, Frames),
            OnWarning = ReadWord<WarningPolicy>(parsed, OnWarning),
        };
        return new[] { Format, Quality, Chroma, Png, Metadata, Profile, Depth }.Aggregate(settings, (current, option) => AddIfSaid(parsed, option, current));
    }

    private static PlanSettings AddIfSaid(ParseResult parsed, Option<string?> option, PlanSettings settings) => parsed.GetValue(option) is { } text
        ? (PlanSettings)VariantText.Add(option.Name, option.Name.TrimStart('-'), text, settings)
        : settings;

    private static T? ReadWord<T>(ParseResult parsed, Option<string?> option)
        where T : struct, Enum => parsed.GetValue(option) is { } word ? Words.Parse<T>(option.Name, word) : null;

    private static Option<string?> Choice<T>(string name, string description)
        where T : struct, Enum => new(name) { Description = description, HelpName = Words.Alternatives<T>() };
}
