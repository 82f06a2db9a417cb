namespace ActorImaging.Imaging.Metadata;

/// <summary>What phones put behind an image, by the words that users know it by. No output has it.</summary>
internal static class Attachments
{
    /// <summary>What makes an image brighter than white on screens that can show it.</summary>
    public const string GainMap = "gain map (HDR)";

    /// <summary>The seconds round a photograph.</summary>
    public const string Film = "film (motion photo)";

    /// <summary>What is said of signed statements of where an image comes from, which do not hold of another file.</summary>
    public const string Credentials = "content credentials (C2PA) were left out: they are of the file as it was";

    /// <summary>Depth maps, other exposures, and all else that is an image.</summary>
    public const string FurtherImages = "further images";
}
