using System.Globalization;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Quarantine;

/// <summary>The command line that does one task again, by itself.</summary>
internal static class RepeatCommand
{
    private const char Quote = '\'';

    /// <summary>The command, quoted for a POSIX shell.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sourcePath">The source; a copy of it, perhaps.</param>
    /// <param name="outputFolder">Where its output goes.</param>
    /// <param name="configuration">The options that made the configuration of the run.</param>
    public static string Of(ImageTask task, string sourcePath, string outputFolder, IEnumerable<string> configuration) =>
        string.Join(' ', new[] { "actor-imaging", "process", sourcePath, "--out", outputFolder }.Concat(OptionsOf(task)).Concat(configuration).Select(Quoted));

    private static string[] OptionsOf(ImageTask task)
    {
        var output = task.Output;
        var isOriented = task.Operations is [AutoOrientOperation, ..];
        string[] options =
        [
            .. isOriented ? [] : new[] { "--keep-orientation" },
            .. task.Operations.Skip(isOriented ? 1 : 0).SelectMany(operation => new[] { "--op", $"{operation}" }),
            "--format", Path.GetExtension(task.OutputPath).TrimStart('.'),
            "--quality", output.QualityPercent.ToString(CultureInfo.InvariantCulture),
            "--chroma", $"{output.Chroma}",
            "--png", Words.Of(output.Png),
            .. output.IsProgressive ? new[] { "--progressive" } : [],
            "--metadata", Words.Of(output.Metadata),
            "--profile", Words.Of(output.ColorProfile),
            .. output.Depth == DepthPolicy.Lower ? new[] { "--depth", "8" } : [],
            "--frames", Words.Of(task.Source.Frames),
            "--on-warning", Words.Of(task.Source.OnWarning),
            "--overwrite", Words.Of(OverwritePolicy.Always),
        ];
        return options;
    }

    private static string Quoted(string argument) => argument.Length > 0 && argument.All(IsPlain)
        ? argument
        : $"{Quote}{argument.Replace("'", @"'\''", StringComparison.Ordinal)}{Quote}";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "-_./:=+,@".Contains(character, StringComparison.Ordinal);
}
