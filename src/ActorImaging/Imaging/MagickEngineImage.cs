using System.Diagnostics;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>An image of the <c>magick</c> engine: each operation is the one Magick.NET has for it.</summary>
internal sealed class MagickEngineImage(MagickImage image, PngEncoding png) : IEngineImage
{
    private const double TintPercent = 100;

    public int WidthPixels => (int)image.Width;

    public int HeightPixels => (int)image.Height;

    public void Apply(ImageOperation operation)
    {
        switch (operation)
        {
            case ResizeOperation resize:
                image.Resize(new MagickGeometry((uint)resize.WidthPixels, (uint)resize.HeightPixels) { IgnoreAspectRatio = true });
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
                Rotate(rotate.AngleDegrees);
                break;
            case TintOperation { Color: var color }:
                image.Tint(
                    new MagickGeometry(new Percentage(TintPercent), new Percentage(TintPercent)),
                    new MagickColor(color.Red, color.Green, color.Blue));
                break;
            default:
                throw new UnreachableException($"no engine code for {operation}");
        }
    }

    public void Encode(string outputPath, Stream output)
    {
        var format = OutputFormat.Of(outputPath);
        if (format == MagickFormat.Png)
        {
            png.ApplyTo(image);
        }

        image.Write(output, format);
    }

    public void Dispose() => image.Dispose();

    private void Rotate(double angleDegrees)
    {
        image.Rotate(angleDegrees);
        image.ResetPage(); // otherwise the file says that it is a piece of a larger canvas
    }
}
