using System.Collections.Immutable;
using System.Globalization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>A named list of operations with output settings, applied to every source.</summary>
/// <param name="Name">Its name; empty for the only one.</param>
/// <param name="Operations">What is done, first to last.</param>
/// <param name="Format">The format of its outputs; null for each source's own.</param>
/// <param name="Output">How they are encoded and when they are written.</param>
internal sealed record Variant(string Name, ImmutableArray<ImageOperation> Operations, ImageFormat? Format, OutputSettings Output)
{
    /// <summary>Reads NAME=op+op,format=webp,quality=80.</summary>
    /// <param name="text">The text.</param>
    /// <param name="common">What holds where the variant says nothing.</param>
    /// <exception cref="UsageException">It can't be read.</exception>
    /// <exception cref="InvalidImageOperationException">An operation can't be read.</exception>
    public static Variant Parse(string text, Variant common)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1 || text.AsSpan(0, equals).ContainsAny("/\\:{}"))
        {
            throw new UsageException($"--variant: expected NAME=OPERATIONS, such as small=resize:800x+sharpen,format=webp,quality=80, but received '{text}'");
        }

        var parts = text[(equals + 1)..].Split(',');
        var hasOperations = !parts[0].Contains('=', StringComparison.Ordinal);
        var variant = common with { Name = text[..equals], Operations = [.. common.Operations, .. hasOperations ? OperationParser.ParseList(parts[0]) : []] };
        return parts.Skip(hasOperations ? 1 : 0).Aggregate(variant, (current, setting) => current.With(setting, text));
    }

    /// <summary>Reads a format's name.</summary>
    /// <exception cref="UsageException">There is no such format.</exception>
    public static ImageFormat ParseFormat(string option, string name) => ImageFormats.TryGetByExtension($".{name}", out var format)
        ? format.Value
        : throw new UsageException($"{option}: expected one of {string.Join(", ", ImageFormats.Extensions.Select(extension => extension[1..]))}, but received '{name}'");

    /// <summary>Reads a quality.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static int ParseQuality(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100
            ? quality
            : throw new UsageException($"{option}: expected a whole number from 1 to 100, but received '{text}'");

    private Variant With(string setting, string whole) => setting.Split('=') switch
    {
        ["format", var name] => this with { Format = ParseFormat("--variant", name) },
        ["quality", var quality] => this with { Output = Output with { QualityPercent = ParseQuality("--variant", quality) } },
        _ => throw new UsageException($"--variant: expected format=NAME or quality=N after the operations, but received '{setting}' in '{whole}'"),
    };
}
