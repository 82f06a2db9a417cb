using System.Text.Encodings.Web;
using System.Text.Json;
using ActorImaging.Cli.Jobs;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>What would be done: a line for each task; for programs the plan first, as <c>--plan</c> reads it.</summary>
internal static class DryRunReport
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, PlanSettings settings, IEnumerable<ImageTask> tasks, ProcessJob? job, bool asJson)
    {
        if (asJson)
        {
            WriteLine(output, "plan", json => PlanFile.Write(json, settings));
        }

        foreach (var task in tasks)
        {
            if (asJson)
            {
                WriteLine(output, "planned", json => WriteTask(json, task));
            }
            else
            {
                output.WriteLine($"{task.SourcePath} -> {task.OutputPath} ({Describe(task)})");
            }
        }

        if (!asJson && job is { DoneBefore: var done, FailedBefore: var failed } && done + failed > 0)
        {
            output.WriteLine(ProcessText.Describe(new EarlierRuns(done, failed)));
        }
    }

    private static string Describe(ImageTask task)
    {
        var (operations, coding) = (task.Operations.IsEmpty ? "as it is" : task.OperationsText, TaskSettingsText.CodingOf(task));
        return coding.Length > 0 ? $"{operations}; {coding}" : operations;
    }

    private static void WriteTask(Utf8JsonWriter json, ImageTask task)
    {
        json.WriteNumber("schema", ProcessJson.SchemaVersion);
        json.WriteNumber("id", task.Id.Number);
        json.WriteString("source", task.SourcePath);
        json.WriteString("operations", task.OperationsText);
        json.WriteString("settings", TaskSettingsText.Of(task));
        json.WriteString("output", task.OutputPath);
    }

    private static void WriteLine(TextWriter output, string type, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
    }
}
