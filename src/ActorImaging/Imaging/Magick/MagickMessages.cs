namespace ActorImaging.Imaging.Magick;

/// <summary>What ImageMagick says, as users read it.</summary>
internal static class MagickMessages
{
    /// <summary>A message without where in ImageMagick's own code it comes from.</summary>
    public static string WithoutPlace(string message) => message.Split(" @ ")[0];
}
