using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>A decoded image that one task works on. Not thread-safe: it belongs to the thread that decoded it.</summary>
public interface IEngineImage : IDisposable
{
    /// <summary>Columns now.</summary>
    int WidthPixels { get; }

    /// <summary>Rows now.</summary>
    int HeightPixels { get; }

    /// <summary>Changes the image.</summary>
    /// <param name="operation">What to do.</param>
    void Apply(ImageOperation operation);

    /// <summary>Writes the image in the format that an output file of this name has.</summary>
    /// <param name="outputPath">The name whose extension decides; nothing is written there.</param>
    /// <param name="output">Where the bytes go.</param>
    void Encode(string outputPath, Stream output);
}
