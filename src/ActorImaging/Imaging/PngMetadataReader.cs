using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>What a PNG is to say beside its pixels, by what an image has and what is to be kept of it.</summary>
internal static class PngMetadataReader
{
    private const double SrgbGamma = 0.45455;
    private const double GammaTolerance = 0.001;
    private const double CentimetresPerInch = 2.54;

    private static readonly string[] Carried = ["icc", "icm", "exif", "8bim"];

    /// <summary>Reads it.</summary>
    /// <param name="image">The image; its metadata are settled as the settings say.</param>
    /// <param name="isGray">Whether its pixels are gray, with or without alpha.</param>
    /// <param name="settings">What is to be kept.</param>
    /// <param name="metadata">What goes into the file.</param>
    /// <returns>Whether the PNG writer can carry it; XMP and a conversion of colours are Magick.NET's.</returns>
    public static bool TryRead(MagickImage image, bool isGray, OutputSettings settings, out PngMetadata metadata)
    {
        metadata = PngMetadata.None;
        MagickEncoding.SettleMetadata(image, settings.Metadata);
        if (image.ProfileNames.Except(Carried).Any() || (settings.ColorProfile == ColorProfilePolicy.Srgb && image.GetColorProfile() is not null))
        {
            return false;
        }

        metadata = new PngMetadata
        {
            IccProfile = image.GetColorProfile()?.ToByteArray() is { } profile && Describes(profile, isGray) ? profile : [],
            Exif = image.GetExifProfile()?.ToByteArray() ?? [],
            Resolution = ResolutionOf(image.Density),
            Texts = [.. MagickEncoding.TextsOf(image).Select(name => new PngText(name, image.GetAttribute(name)!))],
        };
        return true;
    }

    /// <summary>The exponent to write: none for that of sRGB, which is what readers expect.</summary>
    /// <param name="gamma">The exponent of the source's samples.</param>
    public static double? GammaOf(double gamma) => Math.Abs(gamma - SrgbGamma) > GammaTolerance && gamma > 0 ? gamma : null;

    /// <summary>
    /// Whether a profile is for such channels, by the signature of its colour space (ICC.1:2022, 7.2.6): a picture that was made gray, or coloured,
    /// has not the colours any more that its profile describes, and PNG forbids it there.
    /// </summary>
    private static bool Describes(ReadOnlySpan<byte> profile, bool isGray) =>
        profile.Length >= 20 && profile[16..20].SequenceEqual(isGray ? "GRAY"u8 : "RGB "u8);

    private static PngResolution? ResolutionOf(Density density) => density switch
    {
        { X: <= 0 } or { Y: <= 0 } => null,
        { Units: DensityUnit.PixelsPerInch } => PngResolution.FromPixelsPerInch(density.X, density.Y),
        { Units: DensityUnit.PixelsPerCentimeter } =>
            PngResolution.FromPixelsPerInch(density.X * CentimetresPerInch, density.Y * CentimetresPerInch),
        _ => null,
    };
}
