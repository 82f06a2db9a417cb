using ActorImaging.Imaging.Metadata;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>Conversions of colours, by profiles where there are some.</summary>
internal static class ColorConversion
{
    private const string ProfileName = "icc";

    /// <summary>Converts an image to sRGB, or to the gray of it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="profile">What colours its samples are; null for those that are usual for its channels.</param>
    /// <returns>Whether the profile could be used: one that says what it is not, can't.</returns>
    public static bool ToSrgb(MagickImage image, IccProfile? profile)
    {
        if (profile is { ColorSpace: IccColorSpace.Rgb } && image.ColorSpace == ColorSpace.Gray)
        {
            image.ColorSpace = ColorSpace.sRGB; // three channels alike, which is what the profile describes
        }

        if (profile is not null && Describes(profile, image))
        {
            try
            {
                image.SetProfile(new ColorProfile(profile.Bytes.ToArray()));
                var isConverted = image.TransformColorSpace(ColorProfiles.SRGB);
                image.RemoveProfile(ProfileName);
                if (isConverted)
                {
                    return true;
                }
            }
            catch (MagickException)
            {
                image.RemoveProfile(ProfileName);
            }
        }

        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
        {
            image.ColorSpace = ColorSpace.sRGB;
        }

        return profile is null;
    }

    /// <summary>Whether the library that converts colours can read a profile: its table of tags may hold together, and what it says may not.</summary>
    public static bool CanRead(IccProfile profile)
    {
        using var pixel = new MagickImage(MagickColors.White, 1, 1);
        try
        {
            pixel.SetProfile(new ColorProfile(profile.Bytes.ToArray()));
            return true;
        }
        catch (MagickException)
        {
            return false;
        }
    }

    /// <summary>What is neither gray, sRGB nor CMYK, such as YCbCr, becomes sRGB as soon as it is decoded: no operation means its samples.</summary>
    public static void Simplify(MagickImage image)
    {
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray or ColorSpace.CMYK))
        {
            image.ColorSpace = ColorSpace.sRGB;
        }
    }

    private static bool Describes(IccProfile profile, MagickImage image) => profile.ColorSpace == image.ColorSpace switch
    {
        ColorSpace.CMYK => IccColorSpace.Cmyk,
        ColorSpace.Gray => IccColorSpace.Gray,
        _ => IccColorSpace.Rgb,
    };
}
