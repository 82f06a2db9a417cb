using System.Collections.Immutable;

namespace ActorImaging.Tasks;

/// <summary>Reads operations from text: <c>resize:800x600</c>, and several joined by <c>+</c>. Stateless, hence safe on every thread.</summary>
public static class OperationParser
{
    /// <summary>Joins the operations of one list: <c>resize:800x600+sharpen</c>.</summary>
    public const char ListSeparator = '+';

    private const char ParameterSeparator = ':';

    private static readonly (string Word, Func<string, ImageOperation> Parse)[] Known =
    [
        (ResizeOperation.Word, ResizeOperation.Parse),
        (BlurOperation.Word, BlurOperation.Parse),
        Plain(new GrayscaleOperation()),
        (SharpenOperation.Word, SharpenOperation.Parse),
        (RotateOperation.Word, RotateOperation.Parse),
        (TintOperation.Word, TintOperation.Parse),
        (CropOperation.Word, CropOperation.Parse),
        Plain(new FlipOperation()),
        Plain(new FlopOperation()),
        Plain(new AutoOrientOperation()),
    ];

    /// <summary>Reads one operation.</summary>
    /// <param name="text">Its text form, such as <c>blur:5</c>.</param>
    /// <returns>The operation, whose text form reads back to an equal one.</returns>
    /// <exception cref="InvalidImageOperationException">The word is unknown, or its parameters don't fit.</exception>
    public static ImageOperation Parse(string text)
    {
        var separator = text.IndexOf(ParameterSeparator, StringComparison.Ordinal);
        var word = separator < 0 ? text : text[..separator];
        var parameters = separator < 0 ? string.Empty : text[(separator + 1)..];
        foreach (var known in Known)
        {
            if (known.Word == word)
            {
                return known.Parse(parameters);
            }
        }

        throw InvalidImageOperationException.Expected(
            "operation", $"one of {string.Join(", ", Known.Select(known => known.Word))}", word);
    }

    /// <summary>Reads a list of operations, applied from left to right.</summary>
    /// <param name="text">Text forms joined by <see cref="ListSeparator"/>, such as <c>resize:800x600+sharpen</c>.</param>
    /// <returns>The operations in order, at least one.</returns>
    /// <exception cref="InvalidImageOperationException">One of them can't be read.</exception>
    public static ImmutableArray<ImageOperation> ParseList(string text) => [.. text.Split(ListSeparator).Select(Parse)];

    /// <summary>An operation that takes no parameter.</summary>
    private static (string Word, Func<string, ImageOperation> Parse) Plain(ImageOperation operation) => (
        operation.Name,
        parameters => parameters.Length == 0
            ? operation
            : throw InvalidImageOperationException.Expected(operation.Name, "no parameter", parameters));
}
