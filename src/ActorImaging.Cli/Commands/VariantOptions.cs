using System.CommandLine;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary>The options that say what is made of each source.</summary>
internal static class VariantOptions
{
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

    private static readonly Option<PngPreset> Png = new("--png") { Description = "How hard PNG is compressed." };

    private static readonly Option<bool> Progressive = new("--progressive") { Description = "Write progressive JPEG." };

    private static readonly Option<MetadataPolicy> Metadata = new("--metadata") { Description = "What of EXIF, IPTC, XMP and comments goes into outputs." };

    private static readonly Option<ColorProfilePolicy> ColorProfile = new("--profile") { Description = "What becomes of colour profiles." };

    private static readonly Option<OverwritePolicy> Overwrite = new("--overwrite")
    {
        Description = "When a file that is there is replaced; otherwise the task is skipped.",
        DefaultValueFactory = _ => OverwritePolicy.Never,
    };

    private static readonly Option<bool> KeepOrientation = new("--keep-orientation")
    {
        Description = "Leave the EXIF orientation as it is; by default it is applied first.",
    };

    /// <summary>The options, in the order in which help shows them.</summary>
    public static IEnumerable<Option> All { get; } =
        [Op, Variants, Format, Quality, Png, Progressive, Metadata, ColorProfile, KeepOrientation, Overwrite];

    /// <summary>Reads the variants: one without a name, or those that are named.</summary>
    /// <exception cref="UsageException">One can't be read, or two have one name.</exception>
    public static IReadOnlyList<Variant> Read(ParseResult parsed, bool isInPlace)
    {
        var common = ReadCommon(parsed, isInPlace);
        var named = parsed.GetValue(Variants)!.Select(text => Variant.Parse(text, common)).ToList();
        if (named.CountBy(variant => variant.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
        {
            throw new UsageException($"--variant: expected a name for each, but received '{twice}' twice");
        }

        return named.Count > 0 ? named : [common];
    }

    private static Variant ReadCommon(ParseResult parsed, bool isInPlace)
    {
        ImageOperation[] first = parsed.GetValue(KeepOrientation) ? [] : [new AutoOrientOperation()];
        var settings = new OutputSettings
        {
            QualityPercent = parsed.GetValue(Quality) is { } quality ? Variant.ParseQuality(Quality.Name, quality) : OutputSettings.DefaultQualityPercent,
            Png = parsed.GetValue(Png),
            IsProgressive = parsed.GetValue(Progressive),
            Metadata = parsed.GetValue(Metadata),
            ColorProfile = parsed.GetValue(ColorProfile),
            Overwrite = isInPlace ? OverwritePolicy.Always : parsed.GetValue(Overwrite),
        };
        return new Variant(
            string.Empty,
            [.. first, .. parsed.GetValue(Op)!.SelectMany(text => OperationParser.ParseList(text))],
            parsed.GetValue(Format) is { } format ? Variant.ParseFormat(Format.Name, format) : null,
            settings);
    }
}
