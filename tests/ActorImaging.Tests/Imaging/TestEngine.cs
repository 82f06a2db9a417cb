using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging;

/// <summary>Engines for specs, and what they make of files.</summary>
internal static class TestEngine
{
    /// <summary>The engine with kernels and codecs of our own.</summary>
    public static ImageEngine Accelerated() => ImageEngine.Accelerated(MagickPngEncoding.Default, new ImageLimits());

    /// <summary>The engine that is Magick.NET.</summary>
    public static ImageEngine Magick() => ImageEngine.Magick(MagickPngEncoding.Default, new ImageLimits());

    /// <summary>Either, by its word.</summary>
    public static ImageEngine Named(string name) => name == ImageEngine.MagickName ? Magick() : Accelerated();

    /// <summary>What a file says of itself.</summary>
    public static ImageHeader HeaderOf(string path, SourceSettings? settings = null)
    {
        using var source = SourceFile.Open(path);
        return ImageContainer.Open(source, (settings ?? new SourceSettings()).Frames, new ImageLimits()).Header;
    }

    /// <summary>Decodes a file.</summary>
    public static IEngineImage Decode(this IImageEngine engine, string path, SourceSettings? settings = null)
    {
        using var source = SourceFile.Open(path);
        settings ??= new SourceSettings();
        return engine.Decode(ImageContainer.Open(source, settings.Frames, new ImageLimits()), settings);
    }
}
