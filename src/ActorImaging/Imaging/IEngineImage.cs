using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>A decoded image that one task works on. Not thread-safe: it belongs to the thread that decoded it.</summary>
public interface IEngineImage : IDisposable
{
    /// <summary>The size of its first frame now.</summary>
    PixelSize Size { get; }

    /// <summary>Its frames.</summary>
    int Frames { get; }

    /// <summary>What was wrong with the source and passed over.</summary>
    ImmutableArray<string> Warnings { get; }

    /// <summary>Changes the image.</summary>
    /// <param name="operation">What to do.</param>
    void Apply(ImageOperation operation);

    /// <summary>Writes the image.</summary>
    /// <param name="format">The format.</param>
    /// <param name="settings">How it is encoded.</param>
    /// <param name="output">Where the bytes go.</param>
    /// <exception cref="UnsupportedImageException">The format can't hold this image.</exception>
    void Encode(ImageFormat format, OutputSettings settings, Stream output);
}
