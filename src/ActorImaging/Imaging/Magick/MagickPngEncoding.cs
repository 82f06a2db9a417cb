using System.Globalization;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// How the <c>magick</c> engine encodes PNG; the one place where it is stated. Encoding is most of the time of most tasks, so these are
/// part of what is measured.
/// </summary>
/// <param name="CompressionLevel">zlib's level, 0 to 9.</param>
/// <param name="Strategy">zlib's strategy.</param>
/// <param name="Filter">How each row is filtered before it is compressed.</param>
public sealed record MagickPngEncoding(int CompressionLevel, MagickPngStrategy Strategy, MagickPngFilter Filter)
{
    private const string NotOfPixels = "bKGD,caNv,cHRM,date,eXIf,EXIF,gAMA,iCCP,iTXt,oFFs,orNT,pHYs,sRGB,tEXt,tIME,vpAg,zCCP,zTXt";

    // ImageMagick's own numbering (coders/png.c): 0 leaves the choice to it, and only these two others work.
    private const string NoFilter = "1";
    private const string AdaptiveFilter = "5";

    /// <summary>Huffman coding alone, filters chosen for each row: two to seven times as fast as level 6, at about its size for photographs.</summary>
    public static MagickPngEncoding Default { get; } = new(CompressionLevel: 1, MagickPngStrategy.HuffmanOnly, MagickPngFilter.Adaptive);

    /// <summary>The settings of a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="fast">What fast means by the configuration.</param>
    public static MagickPngEncoding Of(PngPreset preset, MagickPngEncoding fast) => preset switch
    {
        PngPreset.Balanced => new MagickPngEncoding(CompressionLevel: 6, MagickPngStrategy.Default, MagickPngFilter.Adaptive),
        PngPreset.Small => new MagickPngEncoding(CompressionLevel: 9, MagickPngStrategy.Default, MagickPngFilter.Adaptive),
        _ => fast,
    };

    /// <summary>The settings on one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"PNG zlib level {CompressionLevel}, strategy {Word(Strategy)}, filter {Word(Filter)}");

    /// <summary>Has the image encoded so, with nothing in the file but pixels: what is beside them is ours to write.</summary>
    /// <param name="image">The image that is about to be written.</param>
    /// <remarks>The defines are set by text: Magick.NET 15.1's own enumeration of the strategies is mis-numbered.</remarks>
    internal void ApplyTo(MagickImage image)
    {
        image.Settings.SetDefine("png:exclude-chunks", NotOfPixels);
        image.Settings.SetDefine("png:compression-level", CompressionLevel.ToString(CultureInfo.InvariantCulture));
        image.Settings.SetDefine("png:compression-strategy", ((int)Strategy).ToString(CultureInfo.InvariantCulture));
        image.Settings.SetDefine("png:compression-filter", Filter == MagickPngFilter.Adaptive ? AdaptiveFilter : NoFilter);
    }

    private static string Word(MagickPngStrategy strategy) => strategy switch
    {
        MagickPngStrategy.HuffmanOnly => "huffman-only",
        MagickPngStrategy.RunLength => "run-length",
        MagickPngStrategy.Filtered => "filtered",
        _ => "default",
    };

    private static string Word(MagickPngFilter filter) => filter == MagickPngFilter.Adaptive ? "adaptive" : "none";
}
