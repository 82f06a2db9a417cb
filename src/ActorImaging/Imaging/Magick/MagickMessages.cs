using System.Text.RegularExpressions;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>What ImageMagick says, as users read it.</summary>
internal static partial class MagickMessages
{
    /// <summary>A message without where in ImageMagick's own code it comes from, nor the name of a file, since it knows none.</summary>
    public static string WithoutPlace(string message) => FileName().Replace(message.Split(" @ ")[0], string.Empty);

    /// <summary>Whether something is larger than the limits that <see cref="MagickRuntime.RaiseLimits"/> sets, and not than what memory there is.</summary>
    public static bool IsOfLimit(string message)
    {
        var tag = message.Replace(" ", string.Empty, StringComparison.Ordinal); // which is said in words where there is a file of words for it
        return tag.Contains("WidthOrHeightExceedsLimit", StringComparison.OrdinalIgnoreCase) || tag.Contains("ListLengthExceedsLimit", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether memory or a stream is at fault, and not what is decoded or encoded.</summary>
    public static bool IsTransient(Exception fault) => fault is MagickResourceLimitErrorException or MagickCacheErrorException or MagickBlobErrorException;

    /// <summary>Whether a codec's library has no way of decoding what is otherwise right.</summary>
    public static bool IsOfCapability(string message) => message.Contains("not supported by this decoder", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether memory could not be had, which libwebp says also of transparency that is damaged.</summary>
    public static bool IsOfAllocation(string message) =>
        message.Replace(" ", string.Empty, StringComparison.Ordinal).Contains("MemoryAllocationFailed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whatever stands there is a name of ours, or none.</summary>
    [GeneratedRegex(" `[^']*'")]
    private static partial Regex FileName();
}
