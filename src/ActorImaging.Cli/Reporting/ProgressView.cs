namespace ActorImaging.Cli.Reporting;

/// <summary>How far some work is.</summary>
/// <param name="Phase">What kind of work is being done.</param>
/// <param name="Share">What is done of the whole, 0 to 1.</param>
/// <param name="Detail">How far it is, in words, on one line.</param>
/// <param name="Lines">What is being done at this moment, a line each.</param>
internal sealed record ProgressView(string Phase, double Share, string Detail, IReadOnlyList<string> Lines)
{
    /// <summary>Some steps of several are done.</summary>
    public static ProgressView Of(string phase, long done, long total) =>
        new(phase, total == 0 ? 0 : (double)done / total, FormattableString.Invariant($"{done} of {total}"), []);
}
