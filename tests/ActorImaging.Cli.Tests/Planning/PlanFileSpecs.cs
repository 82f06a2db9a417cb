using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Cli.Tests.Planning;

public sealed class PlanFileSpecs : IDisposable
{
    private static readonly Gen<ImmutableArray<ImageOperation>> Operations = Gen.OneOf(
        "resize:800x600@cover", "resize:50%", "resize:x20@no-upscale", "blur:2.5", "crop:3x4@north", "tint:#ff6432", "flip", "rotate:-12.5")
        .List[1, 4].Select(texts => texts.Select(OperationParser.Parse).ToImmutableArray());

    private static readonly Gen<VariantSettings> Settings =
        from operations in Operations.Nullable()
        from format in Gen.OneOf<ImageFormat>([.. Enum.GetValues<ImageFormat>().Where(ImageFormats.IsWritten)]).Nullable()
        from quality in Gen.Int[1, 100].Nullable()
        from png in Gen.Enum<PngPreset>().Nullable()
        from chroma in Gen.OneOf<ChromaSubsampling?>([null, .. ChromaSubsampling.All])
        from progressive in Gen.Bool.Nullable()
        from metadata in Gen.Enum<MetadataPolicy>().Nullable()
        from profile in Gen.Enum<ColorProfilePolicy>().Nullable()
        from depth in Gen.Const(8).Nullable()
        from orientation in Gen.Bool.Nullable()
        select new VariantSettings
        {
            Operations = operations,
            Format = format,
            Quality = quality,
            Png = png,
            Chroma = chroma,
            Progressive = progressive,
            Metadata = metadata,
            Profile = profile,
            Depth = depth,
            KeepOrientation = orientation,
        };

    private static readonly Gen<PlanSettings> Plans =
        from common in Settings
        from variants in Settings.List[0, 3]
        from name in Gen.OneOf<string?>(null, "{dir}/{name}-{variant}{ext}")
        from overwrite in Gen.Enum<OverwritePolicy>().Nullable()
        from frames in Gen.Enum<FramePolicy>().Nullable()
        from warning in Gen.Enum<WarningPolicy>().Nullable()
        select new PlanSettings
        {
            Variants = variants.Count == 0 ? null : [.. variants.Select((variant, index) => Named($"v{index}", variant))],
            Name = name,
            Overwrite = overwrite,
            Frames = frames,
            OnWarning = warning,
        }.Over(Common(common));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_read_back_what_it_writes() => Plans.Sample(plan => Written(PlanFile.Read(Save(Written(plan)))) == Written(plan), iter: 300, threads: 1);

    [Fact]
    public void Should_take_comments_and_lists_and_single_texts()
    {
        var plan = PlanFile.Read(Save("""
            {
              // for the web
              "operations": "resize:10x+sharpen",
              "quality": 75,
              "variants": [ { "name": "a", "operations": ["flip", "flop"], }, ],
            }
            """));

        Assert.Equal("resize:10x,sharpen", string.Join(',', plan.Operations!.Value));
        Assert.Equal(75, plan.Quality);
        Assert.Equal("flip,flop", string.Join(',', plan.Variants!.Value.Single().Operations!.Value));
    }

    [Fact]
    public void Should_report_every_fault_at_once_with_its_place()
    {
        var fault = Assert.Throws<UsageException>(() => PlanFile.Read(Save("""
            { "schema": 2, "quality": 0, "colour": 1, "png": "tiny", "name": [],
              "variants": [ { "operations": "explode" }, { "name": "a/b" }, 5, { "name": "q", "frames": "all" } ] }
            """)));

        Assert.Equal(
            [
                "schema: expected 1, which this version reads, but received 2",
                "quality: expected a whole number from 1 to 100, but received '0'",
                "colour: expected one of schema, name, overwrite, frames, on-warning, variants, operations, format, quality, chroma, png, progressive, metadata, profile, depth, keep-orientation, but received 'colour'",
                "png: expected one of fast, balanced, small, but received 'tiny'",
                "name: expected a text, a number, true or false, but received []",
                "variants[0].operations: operation: expected one of resize, blur, grayscale, sharpen, rotate, tint, crop, flip, flop, auto-orient, but received 'explode'",
                "variants[0]: expected a name, but there is none",
                "variants[1].name: expected a name for file names, without / \\ : { }, but received 'a/b'",
                "variants[2]: expected an object, but received 5",
                "variants[3].frames: expected one of name, operations, format, quality, chroma, png, progressive, metadata, profile, depth, keep-orientation, but received 'frames'",
            ],
            fault.Faults.Select(line => line.Replace($"--plan '{_folder.File("plan.json")}': ", string.Empty, StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_say_on_which_line_JSON_ends()
    {
        var fault = Assert.Throws<UsageException>(() => PlanFile.Read(Save("{\n\"quality\": 80,\n\"png\" \"fast\"\n}")));

        Assert.StartsWith($"--plan '{_folder.File("plan.json")}': expected JSON, but line 3 is none: ", fault.Message, StringComparison.Ordinal);
    }

    private static PlanSettings Common(VariantSettings settings) => new()
    {
        Operations = settings.Operations,
        Format = settings.Format,
        Quality = settings.Quality,
        Png = settings.Png,
        Progressive = settings.Progressive,
        Metadata = settings.Metadata,
        Profile = settings.Profile,
        Depth = settings.Depth,
        KeepOrientation = settings.KeepOrientation,
    };

    private static NamedVariantSettings Named(string name, VariantSettings settings) => new(name)
    {
        Operations = settings.Operations,
        Format = settings.Format,
        Quality = settings.Quality,
        Png = settings.Png,
        Progressive = settings.Progressive,
        Metadata = settings.Metadata,
        Profile = settings.Profile,
        Depth = settings.Depth,
        KeepOrientation = settings.KeepOrientation,
    };

    private static string Written(PlanSettings plan)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            PlanFile.Write(json, plan);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private string Save(string json)
    {
        File.WriteAllText(_folder.File("plan.json"), json);
        return _folder.File("plan.json");
    }
}
