namespace ActorImaging.Tasks;

/// <summary>How far a JPEG may be decoded smaller than it is, where everything that is made of it begins with making it smaller.</summary>
public enum ShrinkOnLoad
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>To at least twice the size that is wanted, so that resampling decides how it looks: what libvips does for thumbnails.</summary>
    Careful,

    /// <summary>To at least the size that is wanted: what ImageMagick's <c>jpeg:size</c> does; sharp from a third of the size on.</summary>
    On,
}
