using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Writes files of a format. Thread-safe.</summary>
internal interface IImageEncoder
{
    /// <summary>Its name, for reports.</summary>
    string Name { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="frames">The frames, at least one and no more than the format holds.</param>
    /// <param name="metadata">What goes into the file beside them; the format can hold all of it.</param>
    /// <param name="settings">How they are encoded.</param>
    /// <param name="output">Where the bytes go.</param>
    void Encode(IReadOnlyList<Frame> frames, ImageMetadata metadata, OutputSettings settings, Stream output);
}
