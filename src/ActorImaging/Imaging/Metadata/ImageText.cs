using System.Text;
using System.Text.Unicode;

namespace ActorImaging.Imaging.Metadata;

/// <summary>A text about an image (PNG specification, third edition, 11.3.3; comments of GIF and JPEG have the keyword Comment).</summary>
/// <param name="Keyword">What it is, such as Title, Author, Description, Copyright or Comment.</param>
/// <param name="Text">The text.</param>
internal sealed record ImageText(string Keyword, string Text)
{
    /// <summary>The keyword of a text that says nothing more of itself.</summary>
    public const string Comment = "Comment";

    /// <summary>The keyword of who may do what with the image.</summary>
    public const string Copyright = "Copyright";

    private const int MostKeywordCharacters = 79;

    /// <summary>The language by RFC 3066, such as de; empty where it is not said.</summary>
    public string Language { get; init; } = string.Empty;

    /// <summary>The keyword in that language; empty for none.</summary>
    public string TranslatedKeyword { get; init; } = string.Empty;

    /// <summary>Text of which no encoding is said, or not the one that it has: UTF-8 where it is that, else Latin-1.</summary>
    public static string Decode(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);

    /// <summary>Whether it says whose the image is.</summary>
    public bool IsOfRights => Is(Copyright) || Is("Author");

    /// <summary>Whether it is a comment, and nothing that a file would say of itself.</summary>
    public bool IsComment => Is(Comment);

    /// <summary>Whether it has a keyword; programs differ in how they write it.</summary>
    public bool Is(string keyword) => Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether there can be such a keyword: 1 to 79 characters of Latin-1, without a space at either end.</summary>
    public static bool IsKeyword(string keyword) => keyword.Length is > 0 and <= MostKeywordCharacters
        && keyword.All(character => character is (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF'))
        && keyword[0] != ' ' && keyword[^1] != ' ';
}
