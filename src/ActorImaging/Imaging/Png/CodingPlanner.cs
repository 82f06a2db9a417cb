namespace ActorImaging.Imaging.Png;

/// <summary>Chooses by content how the rows held in memory are filtered and compressed.</summary>
/// <remarks>
/// It looks only at rows that are held, so that it serves a source that delivers each row once as well as a pixel buffer, and a page
/// that changes from text to photograph changes plans with it. The price is that a plan cannot know what comes further down.
/// </remarks>
internal sealed class CodingPlanner(PngPreset preset, RowWindow rows, FilteredBand band)
{
    /// <summary>From this share of flat areas or of repeated pixels on, matches are worth a trial. Photographs stay far below.</summary>
    private const double LeastShare = 0.25;

    /// <summary>Up to this many bits a filtered byte zlib's usual level is about as fast as its quick one: matches are long.</summary>
    private const double MostBitsForLongSearch = 1;

    /// <summary>Above it the usual level must save a fifth of the bytes, for it takes three times as long.</summary>
    private const double MostShareForLongSearch = 0.8;

    private const int QuickLevel = 2;
    private const int UsualLevel = 6;
    private const int HighestLevel = 9;

    private readonly byte[] _scratch = new byte[rows.RowBytes];
    private readonly RepeatSample _repeats = new();

    /// <summary>The plan for the rows that the window holds now.</summary>
    public CodingPlan Choose()
    {
        Span<FilterSample> samples = stackalloc FilterSample[RowFilter.All.Length];
        FilterSample.Measure(rows, _scratch, samples);
        var leastBits = samples[0];
        var mostRuns = samples[0];
        foreach (var sample in samples)
        {
            leastBits = sample.ByteBits < leastBits.ByteBits ? sample : leastBits;
            mostRuns = sample.RunShare > mostRuns.RunShare ? sample : mostRuns;
        }
        var mayMatch = leastBits.ByteBits < 1 || mostRuns.RunShare >= LeastShare || _repeats.Measure(rows) >= LeastShare;
        return preset switch
        {
            PngPreset.Fast => mayMatch ? ChooseFast(leastBits.Filter, mostRuns.Filter) : CodingPlan.Literals(leastBits.Filter),
            PngPreset.Balanced => ChooseBalanced(leastBits.Filter, mostRuns.Filter, mayMatch),
            _ => ChooseSmall(mayMatch),
        };
    }

    private CodingPlan ChooseFast(PngFilter leastBits, PngFilter mostRuns)
    {
        var trial = new CodingTrial(rows, band, divisor: 20);
        trial.Try(CodingPlan.Literals(leastBits));
        TryMatches(trial, QuickLevel, leastBits, mostRuns);
        return trial.Smallest.Coding == PngCoding.Matches ? ChooseLevel(trial) : trial.Smallest;
    }

    private static CodingPlan ChooseLevel(CodingTrial trial)
    {
        var (quick, quickBits) = (trial.Smallest, trial.LeastByteBits);
        var usual = quick with { MatchLevel = UsualLevel };
        if (quickBits <= MostBitsForLongSearch)
            return usual;
        trial.Try(usual);
        return trial.LeastByteBits <= quickBits * MostShareForLongSearch ? usual : quick;
    }

    private CodingPlan ChooseBalanced(PngFilter leastBits, PngFilter mostRuns, bool mayMatch)
    {
        var trial = new CodingTrial(rows, band, divisor: 8);
        trial.Try(CodingPlan.Literals(leastBits));
        trial.Try(CodingPlan.Literals(null));
        if (mayMatch)
        {
            TryMatches(trial, HighestLevel, leastBits, mostRuns);
            trial.Try(CodingPlan.Matches(null, HighestLevel));
        }
        return trial.Smallest;
    }

    /// <summary>Matches among the bytes themselves, where glyphs and patterns are equal, and behind the two filters that may leave more of them.</summary>
    private static void TryMatches(CodingTrial trial, int level, PngFilter leastBits, PngFilter mostRuns)
    {
        trial.Try(CodingPlan.Matches(PngFilter.None, level));
        if (leastBits != PngFilter.None)
            trial.Try(CodingPlan.Matches(leastBits, level));
        if (mostRuns != PngFilter.None && mostRuns != leastBits)
            trial.Try(CodingPlan.Matches(mostRuns, level));
    }

    /// <summary>Every filter with literals and with matches; zlib's highest level only where there is something to match: elsewhere it is ten times slower.</summary>
    private CodingPlan ChooseSmall(bool mayMatch)
    {
        var trial = new CodingTrial(rows, band, divisor: 4);
        ReadOnlySpan<PngFilter?> filters = [null, PngFilter.None, PngFilter.Sub, PngFilter.Up, PngFilter.Average, PngFilter.Paeth];
        foreach (var filter in filters)
        {
            trial.Try(CodingPlan.Literals(filter));
            trial.Try(CodingPlan.Matches(filter, UsualLevel));
            if (mayMatch)
                trial.Try(CodingPlan.Matches(filter, HighestLevel));
        }
        return trial.Smallest;
    }
}
