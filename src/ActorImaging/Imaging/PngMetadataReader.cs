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
    /// <param name="settings">What is to be kept.</param>
    /// <param name="metadata">What goes into the file.</param>
    /// <returns>Whether the PNG writer can carry it; XMP, texts and a conversion of colours are Magick.NET's.</returns>
    public static bool TryRead(MagickImage image, OutputSettings settings, out PngMetadata metadata)
    {
        metadata = PngMetadata.None;
        var hasMore = image.ProfileNames.Except(Carried).Any() || image.Comment is not null;
        if ((settings.Metadata == MetadataPolicy.Keep && hasMore)
            || (settings.ColorProfile == ColorProfilePolicy.Srgb && image.GetColorProfile() is not null))
        {
            return false;
        }

        MagickEncoding.SettleMetadata(image, settings.Metadata);
        metadata = new PngMetadata
        {
            IccProfile = image.GetColorProfile()?.ToByteArray() ?? [],
            Exif = image.GetExifProfile()?.ToByteArray() ?? [],
            Gamma = Math.Abs(image.Gamma - SrgbGamma) > GammaTolerance && image.Gamma > 0 ? image.Gamma : null,
            Resolution = ResolutionOf(image.Density),
        };
        return true;
    }

    private static PngResolution? ResolutionOf(Density density) => density switch
    {
        { X: <= 0 } or { Y: <= 0 } => null,
        { Units: DensityUnit.PixelsPerInch } => PngResolution.FromPixelsPerInch(density.X, density.Y),
        { Units: DensityUnit.PixelsPerCentimeter } =>
            PngResolution.FromPixelsPerInch(density.X * CentimetresPerInch, density.Y * CentimetresPerInch),
        _ => null,
    };
}
