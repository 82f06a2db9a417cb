namespace ActorImaging.Imaging.Magick;

/// <summary>
/// The places where ImageMagick looks for configuration beside ours, and after it: a policy that stands there would win. The build of Magick.NET has its
/// own below /tmp, where every local user may write.
/// </summary>
internal static class ForeignConfiguration
{
    /// <summary>Where the build was made to be installed (strings of the native library).</summary>
    internal const string Prefix = "/tmp/ImageMagick";

    private const string Pattern = "*.xml";
    private const int MostDepth = 8;

    /// <summary>Makes sure that there is none but what only root can have put there.</summary>
    /// <exception cref="UnsafeMagickException">There is some.</exception>
    public static void RequireNone()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MostDepth, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };
        foreach (var folder in Folders().Where(Directory.Exists))
        {
            try
            {
                if (Directory.EnumerateFiles(folder, Pattern, options).FirstOrDefault(file => !FileOwner.IsRootAlone(file, upTo: folder)) is { } foreign)
                {
                    throw Foreign(foreign);
                }
            }
            catch (UnauthorizedAccessException)
            {
                throw Foreign(folder); // what can't be listed may still be read
            }
        }
    }

    private static UnsafeMagickException Foreign(string path) => new(
        $"ImageMagick would read '{path}' after our security policy, and somebody else than root can write there: a policy in it would win, so it must be removed before images are processed");

    /// <summary>The folders below which it looks.</summary>
    internal static IEnumerable<string> Folders()
    {
        if (!OperatingSystem.IsWindows())
        {
            yield return Prefix;
        }

        foreach (var (variable, below) in new[] { ("XDG_CONFIG_HOME", "ImageMagick"), ("HOME", ".config/ImageMagick"), ("USERPROFILE", ".config/ImageMagick"), ("MAGICK_HOME", ".") })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                yield return Path.GetFullPath(Path.Combine(value, below));
            }
        }
    }
}
