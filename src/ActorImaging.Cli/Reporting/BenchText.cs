using System.Globalization;
using ActorImaging.Actors.Bench;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>The report of a comparison as people read it.</summary>
internal static class BenchText
{
    private const double BytesPerMegabyte = 1e6;

    public static void WriteMachine(IAnsiConsole console, BenchMachine machine)
    {
        console.MarkupLine("[bold]=== ActorImaging bench ===[/]");
        console.WriteLine(Invariant(
            $"{machine.Cores} cores, {machine.Runtime}, engine {machine.Engine.Name} ({machine.Engine.Version}), {machine.Engine.EncoderSettings}"));
    }

    public static void WritePlan(IAnsiConsole console, BenchPlan plan)
    {
        console.WriteLine(Invariant(
            $"Processing {plan.TaskCount} image tasks ({plan.Sources.Length} images x {plan.Variants.Length}), {plan.Rounds} {(plan.Rounds == 1 ? "round" : "rounds")} after a warm-up"));
        console.WriteLine();
    }

    public static void WriteReport(IAnsiConsole console, BenchReport report, string? keptFolder)
    {
        console.Write(CreateTable(report));
        WriteResults(console, report);
        WriteOutputs(console, report, keptFolder);
    }

    private static Table CreateTable(BenchReport report)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Row");
        foreach (var heading in new[] { "Time", "Tasks/s", "MP/s", "CPU time", "Peak memory", "Decodes", "Idle at end" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var row in report.Rows)
        {
            table.AddRow(
                Markup.Escape(Title(row)),
                Invariant($"{row.ElapsedMilliseconds:N0} ms"),
                Invariant($"{row.TasksPerSecond:N2}"),
                Invariant($"{row.MegapixelsPerSecond:N1}"),
                Invariant($"{row.CpuMilliseconds:N0} ms"),
                Invariant($"{row.PeakBytes / BytesPerMegabyte:N0} MB"),
                Invariant($"{row.DecodesPerSource:0.##}"),
                Invariant($"{row.IdleAtEndMilliseconds:N0} ms"));
        }

        return table;
    }

    private static void WriteResults(IAnsiConsole console, BenchReport report)
    {
        var width = report.Rows.Max(row => Title(row).Length) + 1;
        console.MarkupLine("[bold]=== Results ===[/]");
        foreach (var row in report.Rows)
        {
            var compared = row == report.Rows[0]
                ? string.Empty
                : Invariant($"   {row.SpeedUp:F2}x faster, efficiency {row.Efficiency:P0} of {row.Row.Cores} cores, ideal {row.IdealSpeedUp:F2}x");
            console.WriteLine(Invariant($"  {(Title(row) + ":").PadRight(width)} {row.ElapsedMilliseconds,9:N0} ms{compared}"));
        }
    }

    private static void WriteOutputs(IAnsiConsole console, BenchReport report, string? keptFolder)
    {
        var megabytes = report.Rows[0].OutputBytes / BytesPerMegabyte;
        if (report.AreOutputsEqual)
        {
            console.WriteLine(Invariant($"  Outputs: all rows wrote the same bytes ({report.TaskCount} files, {megabytes:N1} MB)"));
        }
        else
        {
            console.MarkupLineInterpolated($"[red]  Outputs differ between rows: {string.Join(", ", report.DifferingOutputs)}[/]");
        }

        if (keptFolder is not null)
        {
            console.WriteLine($"  Kept: {keptFolder}");
        }
    }

    private static string Title(BenchRowReport row) => Invariant($"[{row.Row.Number}] {row.Row.Title}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
