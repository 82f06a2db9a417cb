using System.Diagnostics;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>Each operation as Magick.NET does it.</summary>
internal static class MagickOperations
{
    private const double TintPercent = 100;
    private const double MostWaste = 4;

    /// <summary>Changes an image.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="image">The image.</param>
    /// <param name="size">Its size; of a source that was decoded smaller than it is, the size that it has.</param>
    /// <param name="orientation">How it is stored.</param>
    public static void Apply(ImageOperation operation, IMagickImage<byte> image, PixelSize size, ImageOrientation orientation)
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
                image.Orientation = (Orientation)orientation;
                image.AutoOrient();
                image.Orientation = Orientation.Undefined;
                break;
            default:
                throw new UnreachableException($"no engine code for {operation}");
        }

        image.ResetPage(); // otherwise the file says that it is a piece of a larger canvas
    }

    private static void Resize(ResizeOperation resize, IMagickImage<byte> image, PixelSize source)
    {
        var (scaled, size) = (resize.ScaledSizeOf(source), resize.SizeOf(source));
        if (resize.Fit == ResizeFit.Cover)
        {
            Cover(image, scaled, size);
            return;
        }

        Scale(image, scaled);
        if (size != scaled)
        {
            image.BackgroundColor = image.HasAlpha ? MagickColors.Transparent : MagickColors.White;
            image.Extent((uint)size.WidthPixels, (uint)size.HeightPixels, ImageMagick.Gravity.Center);
        }
    }

    /// <summary>By the filter that our own resampling chooses: ImageMagick's own choice depends on how a file was written.</summary>
    private static void Scale(IMagickImage<byte> image, PixelSize size)
    {
        if (size == SizeOf(image))
        {
            return;
        }

        image.FilterType = FilterFor(SizeOf(image), size) == ResampleFilter.Mitchell ? FilterType.Mitchell : FilterType.Lanczos;
        image.Resize(new MagickGeometry((uint)size.WidthPixels, (uint)size.HeightPixels) { IgnoreAspectRatio = true });
    }

    private static ResampleFilter FilterFor(PixelSize size, PixelSize scaled) =>
        ResampleFilters.Choose(scaled.WidthPixels * (1.0 / size.WidthPixels), scaled.HeightPixels * (1.0 / size.HeightPixels));

    /// <summary>
    /// Scaled, then cut. Where nearly all of what is scaled would be cut off, what is not needed is cut off before: of a strip, what is made of the rest
    /// of it would be thousands of columns wide.
    /// </summary>
    private static void Cover(IMagickImage<byte> image, PixelSize scaled, PixelSize size)
    {
        var (left, top, _) = new CropOperation(size.WidthPixels, size.HeightPixels).RectangleIn(scaled);
        if (scaled.Pixels > MostWaste * size.Pixels)
        {
            var actual = SizeOf(image);
            var (firstColumn, columns, width, leftThen) = Needed(actual.WidthPixels, scaled.WidthPixels, left, size.WidthPixels);
            var (firstRow, rows, height, topThen) = Needed(actual.HeightPixels, scaled.HeightPixels, top, size.HeightPixels);
            image.Crop(new MagickGeometry(firstColumn, firstRow, (uint)columns, (uint)rows));
            image.ResetPage();
            (scaled, left, top) = (new PixelSize(width, height), leftThen, topThen);
        }

        Scale(image, scaled);
        if (size != scaled)
        {
            image.Crop(new MagickGeometry(left, top, (uint)size.WidthPixels, (uint)size.HeightPixels));
        }
    }

    /// <summary>The samples of a source that a part of the result is made of, what they are scaled to, and where in that the part begins.</summary>
    private static (int First, int Count, int Scaled, int Start) Needed(int samples, int scaled, int start, int length)
    {
        var factor = (double)scaled / samples;
        var margin = (int)Math.Ceiling(ResampleFilter.Lanczos.SupportPixels() * Math.Max(1, 1 / factor)) + 1;
        var first = Math.Max(0, (int)(start / factor) - margin);
        var end = Math.Min(samples, (int)Math.Ceiling((start + length) / factor) + margin);
        var before = (int)Math.Round(first * factor);
        var within = Math.Max(start - before + length, (int)Math.Round((end - first) * factor));
        return (first, end - first, within, start - before);
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
