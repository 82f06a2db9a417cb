using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Decodes the compressed pixels that a container has taken out of a file. Thread-safe.</summary>
internal interface IImageDecoder
{
    /// <summary>Its name, for reports.</summary>
    string Name { get; }

    /// <summary>Decodes the frames that are asked for, one after the other as they are wanted; each is the caller's own, who disposes it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="settings">How it is read.</param>
    /// <param name="damages">Are told what is missing from the pixels.</param>
    IEnumerable<Frame> Decode(ImageContainer source, SourceSettings settings, ICollection<string> damages);
}
