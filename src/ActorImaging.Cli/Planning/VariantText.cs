using System.Globalization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Reads variants as <c>--variant</c> has them, NAME=op+op,format=webp,quality=80, and single settings by their names.</summary>
internal static class VariantText
{
    private const char SettingSeparator = ',';
    private const char ValueSeparator = '=';

    /// <summary>The settings that there are, by the names that options and plan files give them.</summary>
    private static readonly (string Key, Func<string, string, VariantSettings, VariantSettings> Add)[] Known =
    [
        ("format", (option, text, settings) => settings with { Format = ParseFormat(option, text) }),
        ("quality", (option, text, settings) => settings with { Quality = ParseQuality(option, text) }),
        ("chroma", (option, text, settings) => settings with { Chroma = ParseChroma(option, text) }),
        ("png", (option, text, settings) => settings with { Png = Words.Parse<PngPreset>(option, text) }),
        ("progressive", (option, text, settings) => settings with { Progressive = ParseSwitch(option, text) }),
        ("metadata", (option, text, settings) => settings with { Metadata = Words.Parse<MetadataPolicy>(option, text) }),
        ("profile", (option, text, settings) => settings with { Profile = Words.Parse<ColorProfilePolicy>(option, text) }),
        ("depth", (option, text, settings) => settings with { Depth = ParseDepth(option, text) }),
        ("keep-orientation", (option, text, settings) => settings with { KeepOrientation = ParseSwitch(option, text) }),
    ];

    /// <summary>The names of the settings.</summary>
    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>Reads NAME=OPERATIONS,KEY=VALUE,...</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    /// <exception cref="InvalidImageOperationException">An operation can't be read.</exception>
    public static NamedVariantSettings Parse(string text)
    {
        var equals = text.IndexOf(ValueSeparator, StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
        {
            throw new UsageException($"--variant: expected NAME=OPERATIONS, such as small=resize:800x+sharpen,format=webp,quality=80, but received '{text}'");
        }

        var parts = text[(equals + 1)..].Split(SettingSeparator);
        var hasOperations = !parts[0].Contains(ValueSeparator, StringComparison.Ordinal);
        VariantSettings variant = new NamedVariantSettings(RequireName("--variant", text[..equals]))
        {
            Operations = hasOperations ? OperationParser.ParseList(parts[0]) : null,
        };
        return (NamedVariantSettings)parts.Skip(hasOperations ? 1 : 0).Aggregate(variant, (current, setting) => AddPair(setting, current, text));
    }

    /// <summary>Adds a setting by its name.</summary>
    /// <param name="option">Who says so, for messages.</param>
    /// <param name="key">The setting's name.</param>
    /// <param name="value">What is said.</param>
    /// <param name="settings">To which it is added.</param>
    /// <exception cref="UsageException">There is no such setting, or the value can't be read.</exception>
    public static VariantSettings Add(string option, string key, string value, VariantSettings settings)
    {
        var known = Array.Find(Known, candidate => candidate.Key == key);
        return known.Add is null
            ? throw new UsageException($"{option}: expected one of {string.Join(", ", Keys)}, but received '{key}'")
            : known.Add(option, value, settings);
    }

    /// <summary>Checks the name of a variant, which becomes part of file names.</summary>
    /// <exception cref="UsageException">It can't be that.</exception>
    public static string RequireName(string option, string name) => name.Length > 0 && !name.AsSpan().ContainsAny("/\\:{}")
        ? name
        : throw new UsageException($"{option}: expected a name for file names, without / \\ : {{ }}, but received '{name}'");

    /// <summary>Checks that no two variants have one name.</summary>
    /// <exception cref="UsageException">Two have.</exception>
    public static void RequireUniqueNames(string option, IEnumerable<NamedVariantSettings> variants)
    {
        if (variants.Where(variant => variant.Name.Length > 0).CountBy(variant => variant.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
        {
            throw new UsageException($"{option}: expected a name for each, but received '{twice}' twice");
        }
    }

    private static VariantSettings AddPair(string setting, VariantSettings settings, string whole) => setting.Split(ValueSeparator) is [var key, var value] && Keys.Contains(key)
        ? Add("--variant", key, value, settings)
        : throw new UsageException($"--variant: expected {string.Join(", ", Keys.Select(known => $"{known}=..."))} after the operations, but received '{setting}' in '{whole}'");

    private static ImageFormat ParseFormat(string option, string name) => ImageFormats.TryGetByExtension($".{name}", out var format) && ImageFormats.IsWritten(format.Value)
        ? format.Value
        : throw new UsageException($"{option}: expected one of {string.Join(", ", ImageFormats.Extensions.Select(extension => extension[1..]))}, but received '{name}'");

    private static int ParseQuality(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100
            ? quality
            : throw new UsageException($"{option}: expected a whole number from 1 to 100, but received '{text}'");

    private static int ParseDepth(string option, string text) => text == "8"
        ? 8
        : throw new UsageException($"{option}: expected 8, which is what outputs have, but received '{text}'");

    private static ChromaSubsampling ParseChroma(string option, string text) => ChromaSubsampling.TryParse(text, out var chroma)
        ? chroma
        : throw new UsageException($"{option}: expected one of {string.Join(", ", ChromaSubsampling.All)}, but received '{text}'");

    private static bool ParseSwitch(string option, string text) => bool.TryParse(text, out var isOn)
        ? isOn
        : throw new UsageException($"{option}: expected true or false, but received '{text}'");
}
