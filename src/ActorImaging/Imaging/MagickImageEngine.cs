using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Magick.NET throughout: one native thread per image, the calling one.</summary>
public sealed class MagickImageEngine : IImageEngine
{
    /// <summary>The word that chooses this engine in the configuration.</summary>
    public const string Name = "magick";

    private readonly PngEncoding _png;

    /// <summary>Creates the engine and loads its native library, so that a machine without it fails here and not in a processor.</summary>
    /// <param name="png">How PNG is encoded.</param>
    public MagickImageEngine(PngEncoding png)
    {
        _png = png;
        Description = new EngineDescription(
            Name, $"{MagickNET.Version}, {MagickNET.ImageMagickVersion}", png.ToString());
    }

    /// <inheritdoc />
    public EngineDescription Description { get; }

    /// <inheritdoc />
    public IEngineImage Decode(string sourcePath)
    {
        using var source = new FileStream(sourcePath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var image = new MagickImage();
        try
        {
            // From a stream, never by name: ImageMagick reads meaning into names (msl:, @list, file[0]).
            image.Read(source);
            return new MagickEngineImage(image, _png);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public double EstimateCost(ImageTask task) => MagickCost.OfCoding + task.Operations.Sum(MagickCost.Of);

    /// <inheritdoc />
    public void ReleaseMemory()
    {
        GC.Collect();
        if (!OperatingSystem.IsWindows())
        {
            ResourceLimits.TrimMemory(); // glibc keeps what threads have freed; Windows' allocator has no such call
        }
    }
}
