using System.Text;
using System.Text.RegularExpressions;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>The EXIF orientation of an image.</summary>
internal static partial class ExifOrientation
{
    private const ushort Upright = 1;

    /// <summary>Whether it turns an image by a quarter, one way or the other (EXIF 2.32, tag 274, values 5 to 8).</summary>
    public static bool IsTurned(Orientation orientation) =>
        orientation is Orientation.LeftTop or Orientation.RightTop or Orientation.RightBottom or Orientation.LeftBottom;

    /// <summary>Turns the image as it says, and takes it away, in the image and in its EXIF data: applied once, never twice.</summary>
    public static void Apply(IMagickImage<byte> image)
    {
        image.AutoOrient();
        Reset(image);
    }

    /// <summary>Takes the orientation away from an image that is upright.</summary>
    public static void Reset(IMagickImage<byte> image)
    {
        image.Orientation = Orientation.TopLeft;
        if (image.GetExifProfile() is { } exif && exif.GetValue(ExifTag.Orientation) is not null)
        {
            exif.SetValue(ExifTag.Orientation, Upright);
            image.SetProfile(exif);
        }

        if (image.GetXmpProfile()?.ToByteArray() is { } xmp && Encoding.UTF8.GetString(xmp) is var text && XmpOrientation().IsMatch(text))
        {
            image.SetProfile(new XmpProfile(Encoding.UTF8.GetBytes(XmpOrientation().Replace(text, "${before}1"))));
        }
    }

    [GeneratedRegex(@"(?<before>\btiff:Orientation\s*(=\s*[""']|>\s*))[2-8]")]
    private static partial Regex XmpOrientation();
}
