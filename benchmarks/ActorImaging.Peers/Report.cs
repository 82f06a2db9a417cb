using System.Text;

namespace ActorImaging.Peers;

/// <summary>The tables of <c>docs/benchmarks.md</c>, which stand there between two marks.</summary>
internal static class Report
{
    private const string Begin = "<!-- measured -->";
    private const string End = "<!-- end of what is measured -->";
    private const double BytesPerMegabyte = 1e6;

    /// <summary>The table of a workload.</summary>
    public static string Describe(Workload workload, IReadOnlyList<PeerReport> reports)
    {
        var ours = reports[0].Measurement.Wall;
        var text = new StringBuilder();
        Line(text, $"### {workload.Title}");
        Line(text, $"");
        Line(text, $"| program | wall | of ours | CPU | peak memory | written | difference |");
        Line(text, $"|---|--:|--:|--:|--:|--:|--:|");
        foreach (var (peer, measurement, outputs) in reports)
        {
            var lacking = peer.Lacks is { } operation && workload.Variants.Any(variant => variant.Name == operation) ? $" (no {operation}: {outputs.Files} outputs)" : string.Empty;
            Line(text, $"| {peer.Name}{lacking} | {measurement.Wall.TotalSeconds:F2} s | {measurement.Wall / ours:F2}x | {measurement.Cpu.TotalSeconds:F2} s | {measurement.PeakBytes / BytesPerMegabyte:N0} MB | {outputs.Bytes / BytesPerMegabyte:N1} MB | {outputs.Differences.Values.Average():F2} |");
        }

        return text.AppendLine().Append(workload.Variants.Count > 1 ? DescribeByOperation(workload, reports) : string.Empty).ToString();
    }

    /// <summary>What our own bench says, in the same run.</summary>
    /// <param name="folder">Where it works.</param>
    public static string DescribeBench(string folder)
    {
        var output = Path.Combine(folder, "bench.txt");
        _ = Measurement.Run($"$TOOLS/actor-imaging/actor-imaging bench --quiet --work-dir '{folder}' | tee '{output}'");
        return $"### One actor and N, in one process that is warm\n\n```\nactor-imaging bench\n{File.ReadAllText(output).Trim()}\n```\n";
    }

    /// <summary>Puts text between the marks of a file.</summary>
    public static void WriteInto(string path, string text)
    {
        var whole = File.ReadAllText(path);
        var (begin, end) = (whole.IndexOf(Begin, StringComparison.Ordinal), whole.IndexOf(End, StringComparison.Ordinal));
        File.WriteAllText(path, begin < 0 || end < begin
            ? throw new InvalidOperationException($"{path}: expected the marks {Begin} and {End}")
            : $"{whole[..(begin + Begin.Length)]}\n\n{text.Trim()}\n\n{whole[end..]}");
    }

    private static string DescribeByOperation(Workload workload, IReadOnlyList<PeerReport> reports) =>
        TableByOperation("The difference by operation", workload, reports, (outputs, operation) => outputs.Differences.TryGetValue(operation, out var levels) ? $"{levels:F2}" : "-")
        + TableByOperation("Megabytes written by operation", workload, reports, (outputs, operation) => outputs.BytesOf.TryGetValue(operation, out var bytes) ? $"{bytes / BytesPerMegabyte:F1}" : "-");

    private static string TableByOperation(string title, Workload workload, IReadOnlyList<PeerReport> reports, Func<OutputReport, string, string> describe)
    {
        var text = new StringBuilder();
        Line(text, $"{title}:");
        Line(text, $"");
        Line(text, $"| program | {string.Join(" | ", workload.Variants.Select(variant => variant.Name))} |");
        Line(text, $"|---|{string.Concat(workload.Variants.Select(_ => "--:|"))}");
        foreach (var (peer, _, outputs) in reports)
        {
            Line(text, $"| {peer.Name} | {string.Join(" | ", workload.Variants.Select(variant => describe(outputs, variant.Name)))} |");
        }

        return text.AppendLine().ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
