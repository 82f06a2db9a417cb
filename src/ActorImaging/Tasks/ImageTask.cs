using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>One source, an ordered list of operations, one output. Paths and numbers only, so that it may cross to another machine.</summary>
/// <param name="Id">Its name within the batch.</param>
/// <param name="SourcePath">The file that is read.</param>
/// <param name="Operations">What is done, first to last; none means the image is encoded anew as it is.</param>
/// <param name="OutputPath">The file that is written; its extension names the format.</param>
public sealed record ImageTask(TaskId Id, string SourcePath, ImmutableArray<ImageOperation> Operations, string OutputPath)
{
    /// <summary>How the source is read.</summary>
    public SourceSettings Source { get; init; } = new();

    /// <summary>How the output is encoded and when it is written.</summary>
    public OutputSettings Output { get; init; } = new();

    /// <summary>What the source's header says; null where nobody has looked, or could. For estimates only: doing the task looks again.</summary>
    public ImageHeader? Header { get; init; }

    /// <summary>What tasks have in common that share one decoded image.</summary>
    public ImageSource ImageSource => new(SourcePath, Source);

    /// <summary>The operations as the parser reads them, such as <c>resize:800x600+sharpen</c>.</summary>
    public string OperationsText => string.Join(OperationParser.ListSeparator, Operations);

    /// <summary>A line for logs: what is done to which file.</summary>
    public override string ToString() => $"{Id} {OperationsText} of {SourcePath}";
}
