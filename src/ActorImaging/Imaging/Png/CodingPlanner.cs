namespace ActorImaging.Imaging.Png;

/// <summary>Chooses by content how the rows held in memory are filtered and compressed.</summary>
/// <remarks>
/// It looks only at rows that are held, so that it serves a source that delivers each row once as well as a pixel buffer, and a page
/// that changes from text to photograph changes plans with it. The price is that a plan cannot know what comes further down.
/// </remarks>
internal sealed class CodingPlanner(PngPreset preset, RowWindow rows, FilteredBand band)
{
    /// <summary>Fewer bytes than this do not pay for a Huffman code of their own; zlib has a fixed one.</summary>
    private const int LeastLiteralBytes = 1024;

    /// <summary>From this share of flat areas on, matches are worth a trial. Photographs stay below 0.05.</summary>
    private const double LeastRunShare = 0.25;

    private const int SampleBytes = 16 * 1024;
    private const int SampleDivisor = 50;
    private const int TrialGroupRows = 4;

    private readonly byte[] _scratch = new byte[rows.RowBytes];

    /// <summary>The plan for the rows that the window holds now.</summary>
    public CodingPlan Choose()
    {
        var bytes = rows.Count * rows.RowBytes;
        if (bytes < LeastLiteralBytes && preset == PngPreset.Fast)
            return CodingPlan.Matches(PngFilter.None, level: 6);
        Span<FilterSample> samples = stackalloc FilterSample[RowFilter.All.Length];
        FilterSample.Measure(rows, Math.Max(SampleBytes, bytes / SampleDivisor), _scratch, samples);
        var leastBits = samples[0];
        var mostRuns = samples[0];
        foreach (var sample in samples)
        {
            leastBits = sample.ByteBits < leastBits.ByteBits ? sample : leastBits;
            mostRuns = sample.RunShare > mostRuns.RunShare ? sample : mostRuns;
        }
        return preset switch
        {
            PngPreset.Fast => ChooseFast(leastBits.Filter, mostRuns),
            PngPreset.Balanced => ChooseBalanced(leastBits.Filter, mostRuns),
            _ => ChooseSmall(mostRuns.RunShare),
        };
    }

    /// <summary>No trial at all unless there are flat areas; then one at zlib's fastest useful level, for the one that is as fast on them.</summary>
    private CodingPlan ChooseFast(PngFilter leastBits, FilterSample mostRuns)
    {
        if (mostRuns.RunShare < LeastRunShare)
            return CodingPlan.Literals(leastBits);
        var plan = Smallest(
            divisor: 20,
            [CodingPlan.Literals(leastBits), CodingPlan.Matches(mostRuns.Filter, level: 2), CodingPlan.Matches(PngFilter.None, level: 2)]);
        return plan.Coding == PngCoding.Matches ? plan with { MatchLevel = 6 } : plan;
    }

    private CodingPlan ChooseBalanced(PngFilter leastBits, FilterSample mostRuns)
    {
        ReadOnlySpan<CodingPlan> literals = [CodingPlan.Literals(leastBits), CodingPlan.Literals(null)];
        if (mostRuns.RunShare < LeastRunShare)
            return Smallest(divisor: 8, literals);
        return Smallest(
            divisor: 8,
            [
                .. literals,
                CodingPlan.Matches(PngFilter.None, level: 9),
                CodingPlan.Matches(mostRuns.Filter, level: 9),
                CodingPlan.Matches(null, level: 9),
            ]);
    }

    /// <summary>Every filter with literals and with matches; zlib's highest level only on flat areas, where it is not twenty times slower.</summary>
    private CodingPlan ChooseSmall(double runShare)
    {
        var plans = new List<CodingPlan>();
        foreach (var filter in RowFilter.All)
        {
            AddSmall(plans, filter, runShare);
        }
        AddSmall(plans, null, runShare);
        return Smallest(divisor: 4, [.. plans]);
    }

    private static void AddSmall(List<CodingPlan> plans, PngFilter? filter, double runShare)
    {
        plans.Add(CodingPlan.Literals(filter));
        plans.Add(CodingPlan.Matches(filter, level: 6));
        if (runShare >= LeastRunShare)
            plans.Add(CodingPlan.Matches(filter, level: 9));
    }

    /// <summary>The plan that makes some of the rows smallest, the first of equals.</summary>
    private CodingPlan Smallest(int divisor, ReadOnlySpan<CodingPlan> plans)
    {
        var smallest = plans[0];
        var least = long.MaxValue;
        foreach (var plan in plans)
        {
            var bytes = Try(plan, divisor);
            smallest = bytes < least ? plan : smallest;
            least = Math.Min(bytes, least);
        }
        return smallest;
    }

    /// <summary>Bytes that a plan makes of one row in <paramref name="divisor"/>, taken in groups of neighbours, where matches are.</summary>
    private long Try(CodingPlan plan, int divisor)
    {
        using var counter = new CountingStream();
        using var data = new ImageDataStream(new PngChunks(counter));
        using var compressor = new ImageDataCompressor(data);
        var groups = Math.Max(1, rows.Count / (divisor * TrialGroupRows));
        for (var group = 0; group < groups; group++)
        {
            var middle = (int)(((2L * group) + 1) * rows.Count / (2 * groups));
            var first = Math.Max(0, middle - (TrialGroupRows / 2));
            band.Code(first, Math.Min(rows.Count, first + TrialGroupRows), plan, compressor);
        }
        compressor.Finish();
        data.Finish();
        return counter.CountBytes;
    }
}
