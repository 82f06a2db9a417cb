using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>
/// One source, an ordered list of operations, one output. Both are files unless <see cref="Content"/> and <see cref="ReturnsContent"/> say otherwise.
/// </summary>
/// <param name="Id">Its name within the batch.</param>
/// <param name="SourcePath">The file that is read; with <see cref="Content"/>, the name by which messages call it.</param>
/// <param name="Operations">What is done, first to last; none means the image is encoded anew as it is.</param>
/// <param name="OutputPath">The file that is written; its extension names the format, with <see cref="ReturnsContent"/>, too.</param>
public sealed record ImageTask(TaskId Id, string SourcePath, ImmutableArray<ImageOperation> Operations, string OutputPath)
{
    /// <summary>What is read instead of a file: bytes in memory or a stream. Null for the file.</summary>
    public SourceContent? Content { get; init; }

    /// <summary>Whether the output comes back in <see cref="ImageTaskResult.Content"/>, and no file is written.</summary>
    public bool ReturnsContent { get; init; }

    /// <summary>How the source is read.</summary>
    public SourceSettings Source { get; init; } = new();

    /// <summary>How the output is encoded and when it is written.</summary>
    public OutputSettings Output { get; init; } = new();

    /// <summary>What the source's header says; null where nobody has looked, or could. For estimates only: doing the task looks again.</summary>
    public ImageHeader? Header { get; init; }

    /// <summary>What tasks have in common that share one decoded image.</summary>
    public ImageSource ImageSource => new(SourcePath, Source, Content);

    /// <summary>The operations as the parser reads them, such as <c>resize:800x600+sharpen</c>.</summary>
    public string OperationsText => string.Join(OperationParser.ListSeparator, Operations);

    /// <summary>A line for logs: what is done to which file.</summary>
    public override string ToString() => $"{Id} {OperationsText} of {SourcePath}";
}
