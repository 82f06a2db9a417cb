namespace ActorImaging.Imaging.Png;

/// <summary>What some rows look like, as far as it decides about their coding.</summary>
/// <param name="Filter">The filter behind which their bytes have the least entropy.</param>
/// <param name="ByteBits">That entropy, in bits a byte.</param>
/// <param name="RunShare">The greatest share of bytes in runs of zeros that a filter leaves.</param>
/// <param name="RepeatShare">The share of pixels that repeat earlier ones.</param>
internal sealed record ContentSample(PngFilter Filter, double ByteBits, double RunShare, double RepeatShare)
{
    private const double AlikeBits = 0.1;
    private const double AlikeShare = 0.05;

    /// <summary>Whether other rows look so much alike that what was found for them holds for these.</summary>
    public bool IsLike(ContentSample? other) => other is not null
        && Filter == other.Filter
        && Math.Abs(other.ByteBits - ByteBits) <= AlikeBits
        && Math.Abs(other.RunShare - RunShare) <= AlikeShare
        && Math.Abs(other.RepeatShare - RepeatShare) <= AlikeShare;
}
