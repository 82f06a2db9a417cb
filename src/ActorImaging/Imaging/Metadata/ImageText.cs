namespace ActorImaging.Imaging.Metadata;

/// <summary>A text about an image (PNG specification, third edition, 11.3.3; comments of GIF and JPEG have the keyword Comment).</summary>
/// <param name="Keyword">What it is, such as Title, Author, Description, Copyright or Comment.</param>
/// <param name="Text">The text.</param>
internal sealed record ImageText(string Keyword, string Text)
{
    /// <summary>The keyword of a text that says nothing more of itself.</summary>
    public const string Comment = "Comment";

    /// <summary>The language by RFC 3066, such as de; empty where it is not said.</summary>
    public string Language { get; init; } = string.Empty;

    /// <summary>The keyword in that language; empty for none.</summary>
    public string TranslatedKeyword { get; init; } = string.Empty;

    /// <summary>Whether it says whose the image is.</summary>
    public bool IsOfRights => Keyword is "Copyright" or "Author";
}
