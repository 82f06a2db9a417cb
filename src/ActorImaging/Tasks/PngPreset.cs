namespace ActorImaging.Tasks;

/// <summary>How hard PNG is compressed; the pixels are the same.</summary>
public enum PngPreset
{
    /// <summary>Fast.</summary>
    Fast,

    /// <summary>Between the two.</summary>
    Balanced,

    /// <summary>Small, at many times the time.</summary>
    Small,
}
