using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Tasks;

/// <summary>How the rows of an image are stored: the values of EXIF's tag 274 (EXIF 3.0, 4.6.5.1.6).</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "EXIF has no value of zero")]
public enum ImageOrientation
{
    /// <summary>Upright.</summary>
    TopLeft = 1,

    /// <summary>Mirrored left to right.</summary>
    TopRight = 2,

    /// <summary>Upside down.</summary>
    BottomRight = 3,

    /// <summary>Mirrored top to bottom.</summary>
    BottomLeft = 4,

    /// <summary>Mirrored along the diagonal from the top left.</summary>
    LeftTop = 5,

    /// <summary>To be turned clockwise by a quarter.</summary>
    RightTop = 6,

    /// <summary>Mirrored along the diagonal from the top right.</summary>
    RightBottom = 7,

    /// <summary>To be turned counterclockwise by a quarter.</summary>
    LeftBottom = 8,
}
