namespace ActorImaging.Imaging.Png;

/// <summary>Chooses by content how the rows held in memory are filtered and compressed.</summary>
/// <remarks>
/// It looks only at rows that are held, so that it serves a source that delivers each row once as well as a pixel buffer, and a page
/// that changes from text to photograph changes plans with it. The price is that a plan cannot know what comes further down.
/// </remarks>
internal sealed class CodingPlanner(PngPreset preset, RowWindow rows, FilteredBand band)
{
    /// <summary>From this share of flat areas on, matches are worth a trial. Photographs stay below 0.05.</summary>
    private const double LeastRunShare = 0.25;

    /// <summary>Above this many bits a filtered byte zlib finds little and looks for it long: its quick level does.</summary>
    private const double MostBitsForLongSearch = 1;

    private const int QuickLevel = 2;
    private const int UsualLevel = 6;
    private const int HighestLevel = 9;

    private readonly byte[] _scratch = new byte[rows.RowBytes];

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
        var hasFlatAreas = mostRuns.RunShare >= LeastRunShare;
        return preset switch
        {
            PngPreset.Fast => hasFlatAreas ? ChooseFast(leastBits.Filter, mostRuns.Filter) : CodingPlan.Literals(leastBits.Filter),
            PngPreset.Balanced => ChooseBalanced(leastBits.Filter, mostRuns.Filter, hasFlatAreas),
            _ => ChooseSmall(hasFlatAreas),
        };
    }

    /// <summary>A trial at zlib's quick level tells its usual one, which is as fast where there is little left to write.</summary>
    private CodingPlan ChooseFast(PngFilter leastBits, PngFilter mostRuns)
    {
        var trial = new CodingTrial(rows, band, divisor: 20);
        trial.Try(CodingPlan.Literals(leastBits));
        trial.Try(CodingPlan.Matches(mostRuns, QuickLevel));
        trial.Try(CodingPlan.Matches(PngFilter.None, QuickLevel));
        var isLongSearch = trial.Smallest.Coding == PngCoding.Matches && trial.LeastByteBits <= MostBitsForLongSearch;
        return isLongSearch ? trial.Smallest with { MatchLevel = UsualLevel } : trial.Smallest;
    }

    private CodingPlan ChooseBalanced(PngFilter leastBits, PngFilter mostRuns, bool hasFlatAreas)
    {
        var trial = new CodingTrial(rows, band, divisor: 8);
        trial.Try(CodingPlan.Literals(leastBits));
        trial.Try(CodingPlan.Literals(null));
        if (hasFlatAreas)
        {
            trial.Try(CodingPlan.Matches(PngFilter.None, HighestLevel));
            trial.Try(CodingPlan.Matches(mostRuns, HighestLevel));
            trial.Try(CodingPlan.Matches(null, HighestLevel));
        }
        return trial.Smallest;
    }

    /// <summary>Every filter with literals and with matches; zlib's highest level only on flat areas: elsewhere it is ten times slower.</summary>
    private CodingPlan ChooseSmall(bool hasFlatAreas)
    {
        var trial = new CodingTrial(rows, band, divisor: 4);
        ReadOnlySpan<PngFilter?> filters = [null, PngFilter.None, PngFilter.Sub, PngFilter.Up, PngFilter.Average, PngFilter.Paeth];
        foreach (var filter in filters)
        {
            trial.Try(CodingPlan.Literals(filter));
            trial.Try(CodingPlan.Matches(filter, UsualLevel));
            if (hasFlatAreas)
                trial.Try(CodingPlan.Matches(filter, HighestLevel));
        }
        return trial.Smallest;
    }
}
