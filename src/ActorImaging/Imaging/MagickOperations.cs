using System.Diagnostics;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Each operation as Magick.NET does it.</summary>
internal static class MagickOperations
{
    private const double TintPercent = 100;

    /// <summary>Changes an image.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="image">The image.</param>
    /// <param name="size">Its size; of a source that was decoded smaller than it is, the size that it has.</param>
    public static void Apply(ImageOperation operation, IMagickImage<byte> image, PixelSize size)
    {
        switch (operation)
        {
            case ResizeOperation resize:
                Resize(resize, image, size);
                break;
            case BlurOperation blur:
                image.Blur(0, blur.SigmaPixels);
                break;
            case GrayscaleOperation:
                image.Grayscale();
                break;
            case SharpenOperation sharpen:
                image.Sharpen(0, sharpen.SigmaPixels);
                break;
            case RotateOperation rotate:
                image.Rotate(rotate.AngleDegrees);
                image.VirtualPixelMethod = VirtualPixelMethod.Undefined; // it would have the next operation mix the background in
                break;
            case TintOperation { Color: var color }:
                image.Tint(
                    new MagickGeometry(new Percentage(TintPercent), new Percentage(TintPercent)),
                    new MagickColor(color.Red, color.Green, color.Blue));
                break;
            case CropOperation crop:
                Crop(crop, image);
                break;
            case FlipOperation:
                image.Flip();
                break;
            case FlopOperation:
                image.Flop();
                break;
            case AutoOrientOperation:
                ExifOrientation.Apply(image);
                break;
            default:
                throw new UnreachableException($"no engine code for {operation}");
        }

        image.ResetPage(); // otherwise the file says that it is a piece of a larger canvas
    }

    private static void Resize(ResizeOperation resize, IMagickImage<byte> image, PixelSize source)
    {
        var scaled = resize.ScaledSizeOf(source);
        if (scaled != SizeOf(image))
        {
            image.Resize(new MagickGeometry((uint)scaled.WidthPixels, (uint)scaled.HeightPixels) { IgnoreAspectRatio = true });
        }

        var size = resize.SizeOf(source);
        if (size == scaled)
        {
            return;
        }

        if (resize.Fit == ResizeFit.Cover)
        {
            Crop(new CropOperation(size.WidthPixels, size.HeightPixels), image);
        }
        else
        {
            image.BackgroundColor = image.HasAlpha ? MagickColors.Transparent : MagickColors.White;
            image.Extent((uint)size.WidthPixels, (uint)size.HeightPixels, ImageMagick.Gravity.Center);
        }
    }

    private static void Crop(CropOperation crop, IMagickImage<byte> image)
    {
        var (left, top, size) = crop.RectangleIn(SizeOf(image));
        if (size.Pixels == 0)
        {
            throw new UnsupportedImageException($"is {SizeOf(image)}: nothing of it lies in {crop}");
        }

        image.Crop(new MagickGeometry(left, top, (uint)size.WidthPixels, (uint)size.HeightPixels));
    }

    private static PixelSize SizeOf(IMagickImage<byte> image) => new((int)image.Width, (int)image.Height);
}
