namespace ActorImaging.Tasks;

/// <summary>The formats that outputs are written in.</summary>
public enum ImageFormat
{
    /// <summary>PNG, lossless.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP, lossy.</summary>
    WebP,

    /// <summary>GIF, 256 colours.</summary>
    Gif,

    /// <summary>TIFF, lossless.</summary>
    Tiff,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>JPEG XL.</summary>
    JpegXl,
}
