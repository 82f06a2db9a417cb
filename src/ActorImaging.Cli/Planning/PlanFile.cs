using System.Collections.Immutable;
using System.Text.Json;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Reads and writes plan files: JSON whose keys are the names of the options. Comments and trailing commas are allowed.</summary>
internal sealed class PlanFile
{
    private const int SchemaVersion = 1;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _name;
    private readonly List<string> _faults = [];

    private PlanFile(string name) => _name = name;

    /// <summary>Reads a plan file.</summary>
    /// <exception cref="UsageException">It can't be read or used; all faults at once.</exception>
    public static PlanSettings Read(string path)
    {
        var file = new PlanFile($"--plan '{path}'");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            var settings = file.ReadPlan(document.RootElement);
            return file._faults.Count == 0 ? settings : throw new UsageException(file._faults);
        }
        catch (JsonException fault)
        {
            throw new UsageException(FormattableString.Invariant($"{file._name}: expected JSON, but line {fault.LineNumber + 1} is none: {fault.Message}"), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file._name}: expected a readable file, but {fault.Message}", fault);
        }
    }

    /// <summary>Writes the keys of a plan file: what is read back to equal settings.</summary>
    public static void Write(Utf8JsonWriter json, PlanSettings settings)
    {
        json.WriteNumber("schema", SchemaVersion);
        WriteSettings(json, settings);
        WriteWord(json, "frames", settings.Frames);
        WriteWord(json, "on-warning", settings.OnWarning);
        WriteWord(json, "overwrite", settings.Overwrite);
        if (settings.Name is { } template)
        {
            json.WriteString("name", template);
        }

        if (settings.Variants is { } variants)
        {
            json.WriteStartArray("variants");
            foreach (var variant in variants)
            {
                json.WriteStartObject();
                json.WriteString("name", variant.Name);
                WriteSettings(json, variant);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteSettings(Utf8JsonWriter json, VariantSettings settings)
    {
        if (settings.Operations is { } operations)
        {
            json.WriteStartArray("operations");
            operations.ToList().ForEach(operation => json.WriteStringValue(operation.ToString()));
            json.WriteEndArray();
        }

        if (settings.Format is { } format)
        {
            json.WriteString("format", ImageFormats.ExtensionOf(format)[1..]);
        }

        if (settings.Quality is { } quality)
        {
            json.WriteNumber("quality", quality);
        }

        if (settings.Chroma is { } chroma)
        {
            json.WriteString("chroma", chroma.ToString());
        }

        WriteWord(json, "png", settings.Png);
        WriteSwitch(json, "progressive", settings.Progressive);
        WriteWord(json, "metadata", settings.Metadata);
        WriteWord(json, "profile", settings.Profile);
        if (settings.Depth is { } depth)
        {
            json.WriteNumber("depth", depth);
        }

        WriteSwitch(json, "keep-orientation", settings.KeepOrientation);
    }

    private static void WriteWord<T>(Utf8JsonWriter json, string key, T? value)
        where T : struct, Enum
    {
        if (value is { } known)
        {
            json.WriteString(key, Words.Of(known));
        }
    }

    private static void WriteSwitch(Utf8JsonWriter json, string key, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(key, known);
        }
    }

    private PlanSettings ReadPlan(JsonElement root)
    {
        var settings = new PlanSettings();
        foreach (var (key, value) in Members(root, string.Empty))
        {
            settings = Try(settings, () => key switch
            {
                "schema" => RequireSchema(value, settings),
                "type" => settings, // --dry-run --json says it of the plan that it prints
                "name" => settings with { Name = Text(key, value) },
                "overwrite" => settings with { Overwrite = Words.Parse<OverwritePolicy>(At(key), Text(key, value)) },
                "frames" => settings with { Frames = Words.Parse<FramePolicy>(At(key), Text(key, value)) },
                "on-warning" => settings with { OnWarning = Words.Parse<WarningPolicy>(At(key), Text(key, value)) },
                "variants" => settings with { Variants = ReadVariants(value) },
                _ => (PlanSettings)AddSetting(settings, key, key, value, "schema, name, overwrite, frames, on-warning, variants, "),
            });
        }

        return settings;
    }

    private ImmutableArray<NamedVariantSettings> ReadVariants(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new UsageException($"{At("variants")}: expected a list of objects, but received {list.GetRawText()}");
        }

        var variants = list.EnumerateArray().Select((element, index) => ReadVariant(element, FormattableString.Invariant($"variants[{index}]"))).ToImmutableArray();
        VariantText.RequireUniqueNames(At("variants"), variants);
        return variants;
    }

    private NamedVariantSettings ReadVariant(JsonElement element, string path)
    {
        VariantSettings variant = new NamedVariantSettings(string.Empty);
        foreach (var (key, value) in Members(element, path))
        {
            var at = $"{path}.{key}";
            variant = Try(variant, () => key == "name"
                ? (NamedVariantSettings)variant with { Name = VariantText.RequireName(At(at), Text(at, value)) }
                : AddSetting(variant, at, key, value, "name, "));
        }

        if (element.ValueKind == JsonValueKind.Object && !element.TryGetProperty("name", out _))
        {
            _faults.Add($"{At(path)}: expected a name, but there is none");
        }

        return (NamedVariantSettings)variant;
    }

    private VariantSettings AddSetting(VariantSettings settings, string at, string key, JsonElement value, string alsoKnown)
    {
        if (key == "operations")
        {
            return settings with { Operations = ReadOperations(at, value) };
        }

        return VariantText.Keys.Contains(key)
            ? VariantText.Add(At(at), key, Text(at, value), settings)
            : throw new UsageException($"{At(at)}: expected one of {alsoKnown}operations, {string.Join(", ", VariantText.Keys)}, but received '{key}'");
    }

    private ImmutableArray<ImageOperation> ReadOperations(string at, JsonElement value)
    {
        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => Text(at, item)) : [Text(at, value)];
        return [.. texts.SelectMany(text => ParseOperations(at, text))];
    }

    private ImmutableArray<ImageOperation> ParseOperations(string at, string text)
    {
        try
        {
            return OperationParser.ParseList(text);
        }
        catch (InvalidImageOperationException fault)
        {
            throw new UsageException($"{At(at)}: {fault.Message}", fault);
        }
    }

    private PlanSettings RequireSchema(JsonElement value, PlanSettings settings) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version == SchemaVersion
        ? settings
        : throw new UsageException(FormattableString.Invariant($"{At("schema")}: expected {SchemaVersion}, which this version reads, but received {value.GetRawText()}"));

    private IEnumerable<(string Key, JsonElement Value)> Members(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.EnumerateObject().Select(member => (member.Name, member.Value));
        }

        _faults.Add($"{(path.Length == 0 ? _name : At(path))}: expected an object, but received {element.GetRawText()}");
        return [];
    }

    private string Text(string at, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new UsageException($"{At(at)}: expected a text, a number, true or false, but received {value.GetRawText()}"),
    };

    private string At(string path) => $"{_name}: {path}";

    /// <summary>Takes note of a fault and goes on, so that all are reported at once.</summary>
    private T Try<T>(T unchanged, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UsageException fault)
        {
            _faults.AddRange(fault.Faults);
            return unchanged;
        }
    }
}
