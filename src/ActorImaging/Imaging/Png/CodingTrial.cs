namespace ActorImaging.Imaging.Png;

/// <summary>Codes some of the rows held by one plan after the other and remembers which came out smallest, the first of equals.</summary>
/// <param name="rows">The rows held.</param>
/// <param name="band">Memory to filter in.</param>
/// <param name="divisor">
/// Of how many rows one is tried. They are taken in groups as high as zlib looks back, because that is where matches are.
/// </param>
internal sealed class CodingTrial(RowWindow rows, FilteredBand band, int divisor)
{
    private const int GroupBytes = 48 * 1024;
    private const int LeastGroupRows = 4;

    /// <summary>Few rows in all are tried in full, up to this many bytes of pixels.</summary>
    private const int FullTrialBytes = 64 * 1024;

    /// <summary>The plan that made the rows smallest.</summary>
    public CodingPlan Smallest { get; private set; }

    /// <summary>Bytes that it made of them.</summary>
    public long LeastBytes { get; private set; } = long.MaxValue;

    /// <summary>Whether all rows are tried, since they are few: what a plan makes of them is no guess, and costs next to nothing.</summary>
    public bool IsFull => rows.Count * (long)rows.RowBytes <= FullTrialBytes;

    /// <summary>Tries a plan.</summary>
    public void Try(CodingPlan plan)
    {
        using var counter = new CountingStream();
        using var data = new ImageDataStream(new PngChunks(counter));
        using var compressor = new ImageDataCompressor(data);
        CodeSome(plan, compressor);
        compressor.Finish();
        data.Finish();
        if (counter.CountBytes >= LeastBytes)
            return;
        LeastBytes = counter.CountBytes;
        Smallest = plan;
    }

    private void CodeSome(CodingPlan plan, ImageDataCompressor compressor)
    {
        var groupRows = IsFull ? rows.Count : Math.Min(rows.Count, Math.Max(LeastGroupRows, GroupBytes / rows.RowBytes));
        var groups = Math.Max(1, rows.Count / (divisor * groupRows));
        for (var group = 0; group < groups; group++)
        {
            var middle = (int)(((2L * group) + 1) * rows.Count / (2 * groups));
            var first = Math.Clamp(middle - (groupRows / 2), 0, rows.Count - groupRows);
            band.Code(first, first + groupRows, plan, compressor);
        }
    }
}
