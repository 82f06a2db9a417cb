using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>The same work for all programs.</summary>
/// <param name="Name">Its name, which the programs know.</param>
/// <param name="Title">What it is, for the report.</param>
/// <param name="Extension">The extension of outputs.</param>
/// <param name="Variants">What is made of each file.</param>
/// <param name="MakeInputs">Makes the files in a folder, if they are not there.</param>
internal sealed record Workload(string Name, string Title, string Extension, IReadOnlyList<Variant> Variants, Action<string> MakeInputs)
{
    public const string Experiment = "experiment";
    public const string Photographs = "photographs";
    public const string Responsive = "responsive";
    public const string Icons = "icons";
    public const string One = "one";

    private static readonly Variant[] SixOperations =
    [
        new("resize", image => image.Resize(800, 600)),
        new("blur", image => image.Blur(0, 5)),
        new("grayscale", image => image.Grayscale()),
        new("sharpen", image => image.Sharpen()),
        new("rotate", image => image.Rotate(90)),
        new("tint", TintTable.Tint),
    ];

    private static readonly Variant[] PageWidths = [.. new uint[] { 480, 1024, 1920 }.Select(width => new Variant(FormattableString.Invariant($"{width}"), image => ShrinkTo(image, width)))];

    /// <summary>Whether outputs are in a format that loses something.</summary>
    public bool IsLossy => Extension == ".jpg";

    /// <summary>All workloads that there are files for.</summary>
    /// <param name="share">A part of the files, 1 for all.</param>
    public static IReadOnlyList<Workload> All(double share)
    {
        var (photographs, icons) = (Math.Max(2, (int)(200 * share)), Math.Max(20, (int)(2000 * share)));
        return
        [
            new(Experiment, "The article's experiment: 4 PNGs of noise, 4000x3000, six operations on each", ".png", SixOperations, MakeSeed),
            new(
                Photographs,
                FormattableString.Invariant($"{photographs} photograph-like JPEGs of 12 megapixels, to 1600 pixels, JPEG quality 80"),
                ".jpg",
                [new(string.Empty, image => image.Resize(new MagickGeometry(1600, 1600)))],
                folder => Peers.Photographs.Write(folder, photographs)),
            .. AllResponsive(share),
            new(
                Icons,
                FormattableString.Invariant($"{icons} small PNGs, icons and screenshots, to 128 pixels, PNG"),
                ".png",
                [new(string.Empty, image => image.Resize(new MagickGeometry(128, 128)))],
                folder => SmallGraphics.Write(folder, icons)),
            new(
                One,
                "One JPEG of 12 megapixels, to 800 pixels: what starting the program costs",
                ".jpg",
                [new(string.Empty, image => image.Resize(800, 0))],
                folder => Peers.Photographs.Write(folder, 1)),
        ];
    }

    /// <summary>The files, or the only one.</summary>
    /// <param name="folder">Where they are.</param>
    public string InputsIn(string folder) => Name == One ? Directory.GetFiles(folder)[0] : folder;

    private static IEnumerable<Workload> AllResponsive(double share)
    {
        var photographs = WallpaperPhotographs.All.Take(Math.Max(2, (int)(WallpaperPhotographs.All.Count * share))).ToList();
        if (photographs.Count == 0)
        {
            Console.Error.WriteLine($"{Responsive}: left out, since there are no photographs");
            yield break;
        }

        yield return new(
            Responsive,
            FormattableString.Invariant($"{photographs.Count} photographs from Debian's wallpapers, {WallpaperPhotographs.MegapixelsOf(photographs):F0} megapixels, each to 480, 1024 and 1920 pixels wide, JPEG quality 80"),
            ".jpg",
            PageWidths,
            folder => WallpaperPhotographs.Copy(photographs, folder));
    }

    private static void ShrinkTo(MagickImage image, uint width)
    {
        image.FilterType = FilterType.Lanczos;
        image.Resize(width, 0);
    }

    private static void MakeSeed(string folder) => Measurement.Run($"$TOOLS/actor-imaging/actor-imaging generate --out '{folder}'");
}

/// <summary>What is made of a file.</summary>
/// <param name="Name">Its name, which outputs have in theirs; empty where there is only one.</param>
/// <param name="Apply">The same by ImageMagick, to compare with.</param>
internal sealed record Variant(string Name, Action<MagickImage> Apply);
