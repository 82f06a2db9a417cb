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
        Line(text, $"| program | wall | of ours | CPU | peak memory | written | difference |{(workload.IsLossy ? " PSNR |" : string.Empty)}");
        Line(text, $"|---|--:|--:|--:|--:|--:|--:|{(workload.IsLossy ? "--:|" : string.Empty)}");
        foreach (var (peer, measurement, outputs) in reports)
        {
            var lacking = peer.Lacks is { } operation && workload.Variants.Any(variant => variant.Name == operation) ? $" (no {operation}: {outputs.Files} outputs)" : string.Empty;
            Line(text, $"| {peer.Name}{lacking} | {measurement.Wall.TotalSeconds:F2} s | {measurement.Wall / ours:F2}x | {measurement.Cpu.TotalSeconds:F2} s | {measurement.PeakBytes / BytesPerMegabyte:N0} MB | {outputs.Bytes / BytesPerMegabyte:N2} MB | {outputs.Difference:F2} |{(workload.IsLossy ? Text($" {outputs.Psnr:F2} dB |") : string.Empty)}");
        }

        return text.AppendLine().Append(workload.Variants.Count > 1 ? DescribeByVariant(workload, reports) : string.Empty).ToString();
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

    private static string DescribeByVariant(Workload workload, IReadOnlyList<PeerReport> reports) =>
        TableByVariant("The difference by variant", workload, reports, variant => Text($"{variant.Difference:F2}"))
        + (workload.IsLossy ? TableByVariant("PSNR by variant", workload, reports, DecibelsOf) : string.Empty)
        + TableByVariant("Megabytes written by variant", workload, reports, variant => Text($"{variant.Bytes / BytesPerMegabyte:F2}"));

    private static string TableByVariant(string title, Workload workload, IReadOnlyList<PeerReport> reports, Func<VariantReport, string> describe)
    {
        var text = new StringBuilder();
        Line(text, $"{title}:");
        Line(text, $"");
        Line(text, $"| program | {string.Join(" | ", workload.Variants.Select(variant => variant.Name))} |");
        Line(text, $"|---|{string.Concat(workload.Variants.Select(_ => "--:|"))}");
        foreach (var (peer, _, outputs) in reports)
        {
            Line(text, $"| {peer.Name} | {string.Join(" | ", workload.Variants.Select(variant => outputs.Of.TryGetValue(variant.Name, out var made) ? describe(made) : "-"))} |");
        }

        return text.AppendLine().ToString();
    }

    private static string DecibelsOf(VariantReport variant) => Text($"{variant.Psnr:F2} dB");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
