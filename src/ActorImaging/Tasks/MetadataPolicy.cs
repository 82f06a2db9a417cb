namespace ActorImaging.Tasks;

/// <summary>What of the source's metadata (EXIF, IPTC, XMP, comments) goes into the output.</summary>
public enum MetadataPolicy
{
    /// <summary>All of it.</summary>
    Keep,

    /// <summary>None of it. The orientation is applied first, since it is metadata, too.</summary>
    Strip,

    /// <summary>Copyright and artist alone.</summary>
    Copyright,
}
