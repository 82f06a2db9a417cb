using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>What ImageMagick says, as users read it.</summary>
internal static class MagickMessages
{
    /// <summary>A message without where in ImageMagick's own code it comes from, nor the name of a file, since it knows none.</summary>
    public static string WithoutPlace(string message) => message.Split(" @ ")[0].Replace(" `'", string.Empty, StringComparison.Ordinal);

    /// <summary>Whether something is larger than the limits that <see cref="MagickRuntime.RaiseLimits"/> sets, and not than what memory there is.</summary>
    public static bool IsOfLimit(string message)
    {
        var tag = message.Replace(" ", string.Empty, StringComparison.Ordinal); // which is said in words where there is a file of words for it
        return tag.Contains("WidthOrHeightExceedsLimit", StringComparison.OrdinalIgnoreCase) || tag.Contains("ListLengthExceedsLimit", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether memory or a stream is at fault, and not what is decoded or encoded.</summary>
    public static bool IsTransient(Exception fault) => fault is MagickResourceLimitErrorException or MagickCacheErrorException or MagickBlobErrorException;

    /// <summary>Whether memory could not be had, which libwebp says also of transparency that is damaged.</summary>
    public static bool IsOfAllocation(string message) =>
        message.Replace(" ", string.Empty, StringComparison.Ordinal).Contains("MemoryAllocationFailed", StringComparison.OrdinalIgnoreCase);
}
