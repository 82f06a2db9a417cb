using System.Globalization;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>The settings of a task that make a difference to its output, as one text: equal texts, equal outputs.</summary>
internal static class TaskSettingsText
{
    /// <summary>The text, such as <c>quality=80 chroma=4:2:0 progressive=false metadata=keep profile=keep frames=first on-warning=fail shrink=2</c>.</summary>
    public static string Of(ImageTask task)
    {
        var (coding, source, output) = (CodingOf(task), task.Source, task.Output);
        var rest = $"metadata={Words.Of(output.Metadata)} profile={Words.Of(output.ColorProfile)} frames={Words.Of(source.Frames)} on-warning={Words.Of(source.OnWarning)}{(source.ShrinkBy > 1 ? Invariant($" shrink={source.ShrinkBy}") : string.Empty)}{(source.KeepsPlanes ? " planes=apart" : string.Empty)}{(output.Depth == DepthPolicy.Refuse ? " depth=own" : string.Empty)}";
        return coding.Length > 0 ? $"{coding} {rest}" : rest;
    }

    /// <summary>Of these, how the output's format is encoded; empty where there is nothing to choose.</summary>
    public static string CodingOf(ImageTask task)
    {
        _ = ImageFormats.TryGetByExtension(task.OutputPath, out var format);
        var output = task.Output;
        return format switch
        {
            ImageFormat.Png => $"png={Words.Of(output.Png)}",
            ImageFormat.Jpeg => Invariant($"quality={output.QualityPercent} chroma={output.Chroma} progressive={Switch(output.IsProgressive)}"),
            ImageFormat.WebP => Invariant($"quality={output.QualityPercent} method={OutputSettings.WebPMethod}"),
            ImageFormat.Avif => Invariant($"quality={output.QualityPercent} chroma={output.Chroma} speed={OutputSettings.AvifSpeed}"),
            ImageFormat.JpegXl => Invariant($"quality={output.QualityPercent} effort={OutputSettings.JpegXlEffort}"),
            _ => string.Empty,
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Switch(bool isOn) => isOn ? "true" : "false";
}
