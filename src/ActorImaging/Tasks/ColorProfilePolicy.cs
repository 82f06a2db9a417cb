namespace ActorImaging.Tasks;

/// <summary>What becomes of the source's colour profile.</summary>
public enum ColorProfilePolicy
{
    /// <summary>It goes into the output, and the pixels stay.</summary>
    Keep,

    /// <summary>The pixels are converted to sRGB, and the profile goes.</summary>
    Srgb,
}
