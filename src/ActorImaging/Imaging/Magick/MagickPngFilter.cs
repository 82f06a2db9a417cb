namespace ActorImaging.Imaging.Magick;

/// <summary>The row filters that ImageMagick's PNG writer can be made to use.</summary>
public enum MagickPngFilter
{
    /// <summary>Every row as it is.</summary>
    None = 0,

    /// <summary>The filter that looks best for each row.</summary>
    Adaptive = 1,
}
