using ActorImaging.Tasks;
namespace ActorImaging.Imaging.Png;

/// <summary>Chooses by content how the rows held in memory are filtered and compressed.</summary>
/// <remarks>
/// It looks only at rows that are held, so that it serves a source that delivers each row once as well as a pixel buffer, and a page
/// that changes from text to photograph changes plans with it. The price is that a plan cannot know what comes further down.
/// </remarks>
internal sealed class CodingPlanner(PngPreset preset, RowWindow rows, FilteredBand band)
{
    /// <summary>From this share of flat areas on, matches are worth a trial. Photographs stay far below.</summary>
    private const double LeastRunShare = 0.25;

    /// <summary>From this share of repeated pixels on, they are, too. Photographs have one or two in a hundred.</summary>
    private const double LeastRepeatShare = 0.1;

    /// <summary>
    /// Where the best filter saves less than this of what a byte takes, neighbours tell little about each other: noise, and text that was
    /// made smaller, whose strokes still repeat. Smooth pictures and photographs save more than two bits.
    /// </summary>
    private const double LeastFilterBits = 1.5;

    /// <summary>From so many bits a byte on it is noise, where nothing repeats.</summary>
    private const double NoiseBits = 6.9;

    /// <summary>
    /// From this share of repeated pixels on, the picture is drawn rather than taken, and zlib's higher level pays: a third fewer bytes in
    /// three times the time. Smooth pictures, which match only behind a filter, make it ten times slower for a quarter.
    /// </summary>
    private const double LeastDrawnShare = 0.5;

    /// <summary>Matches must save a tenth of what literals take, for finding them takes longer.</summary>
    private const double MostShareForMatches = 0.9;

    private const int QuickLevel = 2;
    private const int UsualLevel = 6;
    private const int HighestLevel = 9;

    private readonly byte[] _scratch = new byte[rows.RowBytes];
    private readonly RepeatSample _repeats = new();

    /// <summary>Rows that a trial of fast found nothing better for than literals, by filter: what looks like them needs no trial of its own.</summary>
    private readonly ContentSample?[] _literals = new ContentSample?[RowFilter.All.Length];

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
        var repeats = _repeats.Measure(rows);
        var content = new ContentSample(leastBits.Filter, leastBits.ByteBits, mostRuns.RunShare, repeats);
        var isDrawn = repeats >= LeastDrawnShare;
        var mayRepeat = leastBits.ByteBits < NoiseBits && samples[(int)PngFilter.None].ByteBits - leastBits.ByteBits < LeastFilterBits;
        var mayMatch = mayRepeat || leastBits.ByteBits < 1 || mostRuns.RunShare >= LeastRunShare || repeats >= LeastRepeatShare;
        return preset switch
        {
            PngPreset.Fast when !mayMatch || content.IsLike(_literals[(int)content.Filter]) => CodingPlan.Literals(leastBits.Filter),
            PngPreset.Fast => ChooseFast(content, mostRuns.Filter, isDrawn),
            PngPreset.Balanced when !mayMatch => TryLiterals(leastBits.Filter).Smallest,
            PngPreset.Balanced => ChooseBalanced(leastBits.Filter, mostRuns.Filter, isDrawn ? HighestLevel : UsualLevel),
            _ => ChooseSmall(mayMatch),
        };
    }

    /// <summary>Pictures whose bytes match as they are are drawn, too, if less plainly.</summary>
    private CodingPlan ChooseFast(ContentSample content, PngFilter mostRuns, bool isDrawn)
    {
        var trial = new CodingTrial(rows, band, divisor: 20);
        var literals = CodingPlan.Literals(content.Filter);
        trial.Try(literals);
        var mostBytes = trial.LeastBytes * (trial.IsFull ? 1 : MostShareForMatches);
        TryMatches(trial, trial.IsFull ? UsualLevel : QuickLevel, content.Filter, mostRuns);
        var hasMatches = trial.Smallest.Coding == PngCoding.Matches && trial.LeastBytes <= mostBytes;
        _literals[(int)content.Filter] = hasMatches ? null : content;
        var level = isDrawn || trial.IsFull || trial.Smallest.Filter == PngFilter.None ? UsualLevel : QuickLevel;
        return hasMatches ? trial.Smallest with { MatchLevel = level } : literals;
    }

    private CodingTrial TryLiterals(PngFilter leastBits)
    {
        var trial = new CodingTrial(rows, band, divisor: 8);
        trial.Try(CodingPlan.Literals(leastBits));
        trial.Try(CodingPlan.Literals(null));
        return trial;
    }

    private CodingPlan ChooseBalanced(PngFilter leastBits, PngFilter mostRuns, int level)
    {
        var trial = TryLiterals(leastBits);
        TryMatches(trial, level, leastBits, mostRuns);
        trial.Try(CodingPlan.Matches(null, level));
        return trial.Smallest;
    }

    /// <summary>
    /// Matches among the bytes themselves, where glyphs and patterns are equal, and behind the two filters that may leave more of them.
    /// </summary>
    private static void TryMatches(CodingTrial trial, int level, PngFilter leastBits, PngFilter mostRuns)
    {
        trial.Try(CodingPlan.Matches(PngFilter.None, level));
        if (leastBits != PngFilter.None)
            trial.Try(CodingPlan.Matches(leastBits, level));
        if (mostRuns != PngFilter.None && mostRuns != leastBits)
            trial.Try(CodingPlan.Matches(mostRuns, level));
    }

    /// <summary>
    /// Every filter with literals and with matches; zlib's highest level only where there is something to match: elsewhere it is ten
    /// times slower.
    /// </summary>
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
