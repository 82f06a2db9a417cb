using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Decodes sources, applies operations, encodes results: the seam behind which the imaging library stands.
/// </summary>
/// <remarks>
/// One engine serves all processors at once, so its members are thread-safe; each call does its work on the calling thread and returns
/// when it is done. Failures are exceptions that <see cref="FailureClassifier"/> turns into data.
/// </remarks>
public interface IImageEngine
{
    /// <summary>What this engine is and how it encodes.</summary>
    EngineDescription Description { get; }

    /// <summary>Reads a source and decodes its pixels.</summary>
    /// <param name="sourcePath">The file; its format is decided by its content.</param>
    /// <returns>An image of the caller's own, who disposes it.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    IEngineImage Decode(string sourcePath);

    /// <summary>How long a task takes compared with others on images of the same size: a number of no unit, larger for longer.</summary>
    /// <param name="task">The task.</param>
    double EstimateCost(ImageTask task);

    /// <summary>Gives memory that is kept for reuse back to the system, between measurements.</summary>
    void ReleaseMemory();
}
