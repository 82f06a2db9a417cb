using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>Every format that is read, to every one that is written, by every policy and either engine: what docs/formats.md says is what is.</summary>
public sealed class MetadataMatrixSpecs : IDisposable
{
    private static readonly string[] Rows = ["EXIF", "XMP", "IPTC", "comment", "other texts"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<ImageFormat, ImageFormat> Pairs
    {
        get
        {
            var pairs = new TheoryData<ImageFormat, ImageFormat>();
            foreach (var from in MetadataSample.Held.Keys)
            {
                foreach (var to in FormatTable.Written)
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Should_keep_or_say_what_it_does_not_keep(ImageFormat from, ImageFormat to)
    {
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var (words, warnings, path) = Process(from, to, MetadataPolicy.Keep, engine);

            foreach (var row in Rows.Intersect(MetadataSample.Held[from]))
            {
                var (cell, word) = (FormatTable.Cell(row, to), MetadataSample.WordOf(row));
                Assert.True(cell == "kept" == words.Contains($"secret-of-{word}", StringComparison.Ordinal), $"{row} by {engine}: {cell}");
                Assert.True(cell == "kept" || warnings.Contains(NameOf(row), StringComparison.Ordinal), $"{row} by {engine}: {cell}, but nothing is said: {warnings}");
                Assert.True(
                    row == "comment" || IsOfRightsKept(cell) == words.Contains($"rights-of-{word}", StringComparison.Ordinal), $"rights of {row} by {engine}: {cell}");
            }

            if (MetadataSample.Held[from].Contains("density"))
            {
                CheckDensity(from, to, path, warnings);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Should_tell_nothing_when_stripped(ImageFormat from, ImageFormat to)
    {
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var (words, warnings, _) = Process(from, to, MetadataPolicy.Strip, engine);

            Assert.DoesNotContain("secret-", words, StringComparison.Ordinal);
            Assert.DoesNotContain("rights-", words, StringComparison.Ordinal);
            Assert.Equal(string.Empty, warnings.Replace("the resolution was left out", string.Empty, StringComparison.Ordinal).Split(':')[0]);
        }
    }

    /// <summary>Where colours are converted, another library has the image in hand.</summary>
    [Theory]
    [InlineData(ImageFormat.Jpeg, "cmyk")]
    [InlineData(ImageFormat.Jpeg, "profile")]
    [InlineData(ImageFormat.Png, "profile")]
    [InlineData(ImageFormat.Tiff, "cmyk")]
    [InlineData(ImageFormat.WebP, "profile")]
    public void Should_tell_nothing_more_where_colours_are_converted(ImageFormat from, string kind)
    {
        foreach (var to in FormatTable.Written)
        {
            foreach (var engine in new[] { "accelerated", "magick" })
            {
                foreach (var policy in new[] { MetadataPolicy.Strip, MetadataPolicy.Copyright })
                {
                    var (words, _, _) = Process(from, to, policy, engine, image => Change(image, kind), ColorProfilePolicy.Srgb);

                    Assert.DoesNotContain("secret-", words, StringComparison.Ordinal);
                    Assert.Equal(
                        policy == MetadataPolicy.Copyright && FormatTable.Cell("EXIF", to) == "kept", words.Contains("rights-of-exif", StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Should_tell_whose_it_is_and_no_more(ImageFormat from, ImageFormat to)
    {
        foreach (var engine in new[] { "accelerated", "magick" })
        {
            var (words, _, _) = Process(from, to, MetadataPolicy.Copyright, engine);

            Assert.DoesNotContain("secret-", words, StringComparison.Ordinal);
            foreach (var row in Rows.Intersect(MetadataSample.Held[from]).Where(row => row != "comment"))
            {
                var cell = FormatTable.Cell(row, to);
                Assert.True(
                    IsOfRightsKept(cell) == words.Contains($"rights-of-{MetadataSample.WordOf(row)}", StringComparison.Ordinal),
                    $"{row} by {engine}: {cell}");
            }
        }
    }

    private static void CheckDensity(ImageFormat from, ImageFormat to, string path, string warnings)
    {
        using var image = new MagickImage(path);
        var inches = image.GetExifProfile()?.GetValue(ExifTag.XResolution)?.Value.ToDouble() ?? image.Density.ChangeUnits(DensityUnit.PixelsPerInch).X;
        var isKept = FormatTable.Cell("density", to) is var cell && (cell == "kept" || (cell.StartsWith("with EXIF", StringComparison.Ordinal) && MetadataSample.Held[from].Contains("EXIF")));
        Assert.Equal(isKept, Math.Abs(inches - 300) < 1);
        Assert.Equal(isKept, !warnings.Contains("resolution", StringComparison.Ordinal));
    }

    private static bool IsOfRightsKept(string cell) => cell == "kept" || cell.StartsWith("rights to EXIF", StringComparison.Ordinal);

    private static string NameOf(string row) => row is "comment" or "other texts" ? "texts were left out" : $"{row} ";

    private static void Change(MagickImage image, string kind)
    {
        if (kind == "cmyk")
        {
            image.ColorSpace = ColorSpace.CMYK;
        }
        else
        {
            image.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.AdobeRGB1998);
        }
    }

    private (string Words, string Warnings, string Path) Process(
        ImageFormat from, ImageFormat to, MetadataPolicy policy, string engine, Action<MagickImage>? change = null, ColorProfilePolicy profile = ColorProfilePolicy.Keep)
    {
        var source = MetadataSample.Write(from, _folder.Path, change);
        var found = MetadataSample.WordsOf(source);
        Assert.All(Rows.Intersect(MetadataSample.Held[from]), row => Assert.Contains($"secret-of-{MetadataSample.WordOf(row)}", found, StringComparison.Ordinal));
        var output = _folder.File($"out{ImageFormats.ExtensionOf(to)}");
        var task = new ImageTask(new TaskId(1), source, [new FlipOperation()], output) { Output = new OutputSettings { Metadata = policy, ColorProfile = profile } };
        var outcome = new ImageTaskPipeline(TestEngine.Named(engine), new SourceLeases(), new ImageLimits()).Process(task);
        return (MetadataSample.WordsOf(output), string.Join("; ", outcome.Warnings), output);
    }
}
