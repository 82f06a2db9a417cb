using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Decodes sources, applies operations, encodes results: the seam behind which codecs and the imaging library stand.
/// </summary>
/// <remarks>
/// One engine serves all processors at once, so its members are thread-safe; each call does its work on the calling thread and returns
/// when it is done. Failures are exceptions that <see cref="FailureClassifier"/> turns into data.
/// </remarks>
internal interface IImageEngine
{
    /// <summary>What this engine is and how it encodes.</summary>
    EngineDescription Description { get; }

    /// <summary>Whether decoded sources can be shared by tasks at all.</summary>
    bool SharesSources { get; }

    /// <summary>Decodes the pixels of a source, and reads what is beside them.</summary>
    /// <param name="source">The file, whose header is within the limits.</param>
    /// <param name="settings">How it is read.</param>
    /// <returns>An image of the caller's own, who disposes it.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="DamagedSourceException">It can be decoded in part only, and the settings don't let that pass.</exception>
    IEngineImage Decode(ImageContainer source, SourceSettings settings);

    /// <summary>What a task will take, by its operations and the header of its source.</summary>
    /// <param name="task">The task.</param>
    TaskEstimate Estimate(ImageTask task);

    /// <summary>Gives memory that is kept for reuse back to the system, between measurements.</summary>
    void ReleaseMemory();
}
