using System.Text;
using System.Text.RegularExpressions;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// A pattern of file names as shells have it: <c>*</c> and <c>?</c> within a name, <c>**/</c> for any folders, <c>[a-z]</c>, <c>[!a-z]</c>
/// and <c>{jpg,png}</c>.
/// </summary>
internal sealed class GlobPattern
{
    private const string Special = "*?[{";
    private const string AnyFolders = "**/";
    private const string OpenAlternatives = "(?:";
    private const string CloseAlternatives = ")";

    private readonly Regex _names;

    /// <summary>Takes a pattern apart.</summary>
    /// <param name="pattern">The pattern. On Windows a backslash separates folders; elsewhere it takes the meaning of what follows it.</param>
    public GlobPattern(string pattern)
    {
        var text = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        var slash = text.LastIndexOf('/', text.AsSpan().IndexOfAny(Special));
        var below = text[(slash + 1)..];
        Folder = slash < 0 ? "." : slash == 0 ? "/" : WithoutEscapes(text[..slash]);
        IsRecursive = below.Contains('/', StringComparison.Ordinal) || below.Contains("**", StringComparison.Ordinal);
        NamesHidden = below.StartsWith('.') || below.Contains("/.", StringComparison.Ordinal);
        _names = new Regex(Translate(below), FileNames.AreCaseSensitive ? RegexOptions.Singleline : RegexOptions.Singleline | RegexOptions.IgnoreCase);
    }

    /// <summary>The folder before the first special character: the tree below it is what a match keeps.</summary>
    public string Folder { get; }

    /// <summary>Whether matches may lie in folders within it.</summary>
    public bool IsRecursive { get; }

    /// <summary>Whether it spells out a dot at the beginning of a name; other patterns leave hidden files alone.</summary>
    public bool NamesHidden { get; }

    /// <summary>Whether a text is a pattern at all.</summary>
    public static bool Is(string text) => text.AsSpan().ContainsAny(Special);

    /// <summary>Whether the pattern stands for a file.</summary>
    /// <param name="relativePath">Its path below <see cref="Folder"/>, with slashes.</param>
    public bool Matches(string relativePath) => _names.IsMatch(relativePath);

    private static string WithoutEscapes(string folder) => Regex.Replace(folder, @"\\(.)", "$1", RegexOptions.Singleline);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var alternatives = 0;
        for (var rest = pattern.AsSpan(); !rest.IsEmpty;)
        {
            var (expression, length) = TranslateFirst(rest, alternatives > 0);
            alternatives += expression switch { OpenAlternatives => 1, CloseAlternatives => -1, _ => 0 };
            regex.Append(expression);
            rest = rest[length..];
        }

        return regex.Append(@"\z").ToString();
    }

    private static (string Expression, int Length) TranslateFirst(ReadOnlySpan<char> rest, bool isWithinAlternatives) => rest[0] switch
    {
        '*' when rest.StartsWith(AnyFolders) => ("(?:[^/]*/)*", AnyFolders.Length),
        '*' when rest is "**" => (".*", 2),
        '*' => ("[^/]*", 1),
        '?' => ("[^/]", 1),
        '[' when SetLength(rest) is var length and > 0 => (TranslateSet(rest[1..(length - 1)]), length),
        '{' when AreAlternativesClosed(rest[1..]) => (OpenAlternatives, 1),
        ',' when isWithinAlternatives => ("|", 1),
        '}' when isWithinAlternatives => (CloseAlternatives, 1),
        '\\' when rest.Length > 1 => (Regex.Escape(rest[1].ToString()), 2),
        var other => (Regex.Escape(other.ToString()), 1),
    };

    /// <summary>Whether the brace before this closes: not by one that is escaped, or a member of a set, or another's.</summary>
    private static bool AreAlternativesClosed(ReadOnlySpan<char> rest)
    {
        for (var open = 1; !rest.IsEmpty;)
        {
            open += rest[0] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
            {
                return true;
            }

            rest = rest[LiteralLength(rest)..];
        }

        return false;
    }

    private static int LiteralLength(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '[' when SetLength(rest) is var length and > 0 => length,
        '\\' when rest.Length > 1 => 2,
        _ => 1,
    };

    /// <summary>Brackets included; zero where none close. A bracket right at the beginning is a member.</summary>
    private static int SetLength(ReadOnlySpan<char> rest)
    {
        var first = rest.Length > 1 && rest[1] is '!' or '^' ? 2 : 1;
        var end = rest.Length > first + 1 ? rest[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? 0 : first + 1 + end + 1;
    }

    /// <summary>A range whose end comes before its beginning has no members.</summary>
    private static string TranslateSet(ReadOnlySpan<char> members)
    {
        var isNegated = members[0] is '!' or '^';
        var set = new StringBuilder(isNegated ? "[^/" : "(?!/)[");
        for (var rest = members[(isNegated ? 1 : 0)..]; !rest.IsEmpty;)
        {
            var isRange = rest.Length > 2 && rest[1] == '-';
            if (!isRange || rest[0] <= rest[2])
            {
                set.Append(Code(rest[0])).Append(isRange ? "-" + Code(rest[2]) : string.Empty);
            }

            rest = rest[(isRange ? 3 : 1)..];
        }

        return set[^1] == '[' ? "(?!)" : set.Append(']').ToString();
    }

    private static string Code(char member) => $@"\u{(int)member:x4}";
}
