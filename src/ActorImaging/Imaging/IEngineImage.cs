using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>A decoded image that one task works on. Not thread-safe: it belongs to the thread that decoded it.</summary>
internal interface IEngineImage : IDisposable
{
    /// <summary>The size of each of its frames now; of a source that was decoded smaller than it is, the size that it has.</summary>
    IReadOnlyList<PixelSize> Sizes { get; }

    /// <summary>Bits a channel that its source has.</summary>
    int BitDepth { get; }

    /// <summary>What was wrong with the source and passed over, and what of it was left out.</summary>
    ImmutableArray<string> Warnings { get; }

    /// <summary>Who did what was done so far.</summary>
    StepsDone StepsDone { get; }

    /// <summary>Changes the image; an engine may put off the work until the result is wanted.</summary>
    /// <param name="operation">What to do.</param>
    void Apply(ImageOperation operation);

    /// <summary>Lets others work on the pixels that it has now.</summary>
    /// <returns>The pixels, of which this image goes on to be one user; null when images of this kind can't be shared.</returns>
    ISharedSource? Share();

    /// <summary>Writes the image.</summary>
    /// <param name="format">The format.</param>
    /// <param name="settings">How it is encoded.</param>
    /// <param name="output">Where the bytes go.</param>
    /// <exception cref="UnsupportedImageException">The format can't hold this image.</exception>
    void Encode(ImageFormat format, OutputSettings settings, Stream output);
}
