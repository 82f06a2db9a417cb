using System.Globalization;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>The settings of a task that make a difference to its output, as one text: equal texts, equal outputs.</summary>
internal static class TaskSettingsText
{
    /// <summary>The text, such as <c>quality=80 progressive=false metadata=keep profile=keep frames=first on-warning=fail</c>.</summary>
    public static string Of(ImageTask task)
    {
        _ = ImageFormats.TryGetByExtension(task.OutputPath, out var format);
        var (source, output) = (task.Source, task.Output);
        var coding = format switch
        {
            ImageFormat.Png => $"png={Words.Of(output.Png)} ",
            ImageFormat.Jpeg => string.Create(CultureInfo.InvariantCulture, $"quality={output.QualityPercent} progressive={Switch(output.IsProgressive)} "),
            ImageFormat.WebP or ImageFormat.Avif or ImageFormat.JpegXl => string.Create(CultureInfo.InvariantCulture, $"quality={output.QualityPercent} "),
            _ => string.Empty,
        };
        return $"{coding}metadata={Words.Of(output.Metadata)} profile={Words.Of(output.ColorProfile)} frames={Words.Of(source.Frames)} on-warning={Words.Of(source.OnWarning)}";
    }

    private static string Switch(bool isOn) => isOn ? "true" : "false";
}
