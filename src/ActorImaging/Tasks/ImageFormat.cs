namespace ActorImaging.Tasks;

/// <summary>The formats of sources and outputs.</summary>
public enum ImageFormat
{
    /// <summary>PNG, also animated; lossless.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP; written lossy.</summary>
    WebP,

    /// <summary>GIF, 256 colours.</summary>
    Gif,

    /// <summary>TIFF; written lossless.</summary>
    Tiff,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>JPEG XL.</summary>
    JpegXl,

    /// <summary>HEIC, the photographs of phones; read, never written.</summary>
    Heic,
}
