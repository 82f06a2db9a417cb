namespace ActorImaging.Imaging.Png;

/// <summary>How some rows are filtered and compressed.</summary>
/// <param name="Filter">The filter of all rows; none where each row gets the one that leaves least.</param>
/// <param name="Coding">How the filtered bytes become deflate blocks.</param>
/// <param name="MatchLevel">zlib's level, 1 (fast) to 9 (small); without meaning for literals.</param>
internal readonly record struct CodingPlan(PngFilter? Filter, PngCoding Coding, int MatchLevel)
{
    /// <summary>Literals behind one filter, or behind each row's own.</summary>
    public static CodingPlan Literals(PngFilter? filter) => new(filter, PngCoding.Literals, 0);

    /// <summary>Matches behind one filter, or behind each row's own.</summary>
    public static CodingPlan Matches(PngFilter? filter, int level) => new(filter, PngCoding.Matches, level);
}
