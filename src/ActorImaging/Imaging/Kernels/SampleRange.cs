namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The part of a row or column of samples that is resampled, from the left edge of the first one: a whole row of eight is 0 to 8. A sample that lies
/// in it in part counts for that part.
/// </summary>
/// <param name="Start">Where it begins, within the first sample.</param>
/// <param name="End">Where it ends, within the last sample.</param>
internal readonly record struct SampleRange(double Start, double End)
{
    /// <summary>How long it is.</summary>
    internal double Length => End - Start;

    /// <summary>All of so many samples.</summary>
    internal static SampleRange Of(int samples) => new(0, samples);

    /// <summary>The same part when the samples come in the other order.</summary>
    internal SampleRange Mirrored()
    {
        var samples = Math.Ceiling(End);
        return new SampleRange(samples - End, samples - Start);
    }

    /// <summary>How much of a sample is in it, and how far behind the sample's beginning the middle of that is.</summary>
    internal (double Share, double Middle) ShareOf(int sample)
    {
        var (from, to) = (Math.Max(0, Start - sample), Math.Min(1, End - sample));
        return (Math.Max(0, to - from), (from + to) / 2);
    }
}
