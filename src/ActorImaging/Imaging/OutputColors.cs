using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Settles what colours the samples of an output are: kept with what describes them where the format can hold that, converted to sRGB where not. What
/// is written never describes other channels than there are.
/// </summary>
/// <param name="format">The output's format.</param>
/// <param name="policy">What is to become of the source's profile.</param>
/// <param name="warnings">Are told what can't be kept.</param>
internal sealed class OutputColors(ImageFormat format, ColorProfilePolicy policy, ICollection<string> warnings)
{
    private readonly FormatCapabilities _holds = FormatCapabilities.Of(format);

    /// <summary>Converts pixels to sRGB in the same place as they are, before an operation that means them.</summary>
    public static ImageMetadata ToSrgb(IEnumerable<Frame> frames, ImageMetadata metadata, ICollection<string> warnings)
    {
        var profile = metadata.IccProfile ?? MatrixProfile.For(metadata);
        var isUsed = true;
        foreach (var frame in frames)
        {
            isUsed &= ColorConversion.ToSrgb(frame.MoveToMagick(), profile);
        }

        if (!isUsed)
        {
            warnings.Add("the colour profile could not be used and was left out");
        }

        return metadata.WithoutColorSpace();
    }

    /// <summary>Settles them.</summary>
    /// <returns>The metadata with what describes the samples that the frames have now.</returns>
    public ImageMetadata Settle(IReadOnlyList<Frame> frames, ImageMetadata metadata)
    {
        var colors = frames[0].Colors;
        WarnOfHighDynamicRange(metadata);
        if (colors == FrameColors.Cmyk)
        {
            return _holds.Cmyk && policy == ColorProfilePolicy.Keep ? KeepCmyk(metadata) : ToSrgb(frames, metadata, warnings);
        }

        if (!metadata.HasColorSpace)
        {
            return metadata;
        }

        var profile = metadata.IccProfile ?? MatrixProfile.For(metadata);
        if (profile is null || IsSrgbThroughout(profile, metadata))
        {
            return policy == ColorProfilePolicy.Keep && IsDescribed(metadata.IccProfile, colors) && (_holds.ColorFields || metadata.IccProfile is not null)
                && (metadata.IccProfile is null || IsHeld(metadata.IccProfile))
                ? metadata
                : metadata.WithoutColorSpace(); // nothing is lost: sRGB is what is taken for granted
        }

        return policy == ColorProfilePolicy.Srgb || !IsHeld(profile)
            ? ToSrgb(frames, metadata, warnings)
            : KeepProfile(frames, colors, metadata, profile);
    }

    private bool IsHeld(IccProfile profile) =>
        _holds.Profile && profile.Bytes.Length <= _holds.MostProfileBytes && (_holds.GrayProfile || profile.ColorSpace != IccColorSpace.Gray)
        && (!_holds.ProfileIsRead || ColorConversion.CanRead(profile));

    private static bool IsDescribed(IccProfile? profile, FrameColors colors) => profile is null
        || profile.ColorSpace == (colors == FrameColors.Gray ? IccColorSpace.Gray : IccColorSpace.Rgb);

    private static bool IsSrgbThroughout(IccProfile profile, ImageMetadata metadata) => profile.IsSrgb && metadata.CodePoints is null or { IsSrgb: true };

    private static ImageMetadata KeepCmyk(ImageMetadata metadata)
    {
        var kept = metadata.WithoutColorSpace();
        return metadata.IccProfile is { ColorSpace: IccColorSpace.Cmyk } profile ? kept with { IccProfile = profile } : kept;
    }

    /// <summary>Gray samples with a profile of colours are written as colours; nothing but a profile of what there is goes into a file.</summary>
    private ImageMetadata KeepProfile(IReadOnlyList<Frame> frames, FrameColors colors, ImageMetadata metadata, IccProfile profile)
    {
        if (profile.ColorSpace == IccColorSpace.Rgb && colors == FrameColors.Gray)
        {
            foreach (var frame in frames.Where(frame => frame.Colors == FrameColors.Gray))
            {
                frame.FinishPixels(); // which may be elsewhere
                frame.StartKernel(pixels => new GrayAsColours(pixels));
            }
        }
        else if (!IsDescribed(profile, colors))
        {
            warnings.Add("the colour profile describes other channels and was left out");
            return metadata.WithoutColorSpace();
        }

        return _holds.ColorFields ? metadata : metadata.WithoutColorSpace() with { IccProfile = profile };
    }

    private void WarnOfHighDynamicRange(ImageMetadata metadata)
    {
        if (metadata.CodePoints is { IsHighDynamicRange: true } && (!_holds.ColorFields || policy == ColorProfilePolicy.Srgb))
        {
            warnings.Add($"what is brighter than white (HDR) looks flat: {(_holds.ColorFields ? "sRGB has no such colours" : $"{ImageFormats.NameOf(format)} is written without it")}");
        }
    }
}
