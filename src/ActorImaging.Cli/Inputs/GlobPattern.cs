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

    private readonly Regex _names;

    /// <summary>Takes a pattern apart.</summary>
    /// <param name="pattern">The pattern. On Windows a backslash separates folders; elsewhere it takes the meaning of what follows it.</param>
    public GlobPattern(string pattern)
    {
        var text = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        var slash = text.LastIndexOf('/', text.AsSpan().IndexOfAny(Special));
        var below = text[(slash + 1)..];
        Folder = slash < 0 ? "." : slash == 0 ? "/" : text[..slash];
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

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var rest = pattern.AsSpan(); !rest.IsEmpty;)
        {
            var (expression, length) = TranslateFirst(rest, isBelowAlternatives: Depth(pattern.AsSpan(0, pattern.Length - rest.Length)) > 0);
            regex.Append(expression);
            rest = rest[length..];
        }

        return regex.Append(@"\z").ToString();
    }

    private static (string Expression, int Length) TranslateFirst(ReadOnlySpan<char> rest, bool isBelowAlternatives) => rest[0] switch
    {
        '*' when rest.StartsWith(AnyFolders) => ("(?:[^/]*/)*", AnyFolders.Length),
        '*' when rest is "**" => (".*", 2),
        '*' => ("[^/]*", 1),
        '?' => ("[^/]", 1),
        '[' when SetLength(rest) is var length and > 0 => (TranslateSet(rest[1..(length - 1)]), length),
        '{' when rest.Contains('}') => ("(?:", 1),
        ',' when isBelowAlternatives => ("|", 1),
        '}' when isBelowAlternatives => (")", 1),
        '\\' when rest.Length > 1 => (Regex.Escape(rest[1].ToString()), 2),
        var other => (Regex.Escape(other.ToString()), 1),
    };

    /// <summary>How many alternatives are open behind this beginning of a pattern.</summary>
    private static int Depth(ReadOnlySpan<char> beginning) => beginning.Count('{') - beginning.Count('}');

    /// <summary>Brackets included; zero where none close. A bracket right at the beginning is a member.</summary>
    private static int SetLength(ReadOnlySpan<char> rest)
    {
        var first = rest.Length > 1 && rest[1] is '!' or '^' ? 2 : 1;
        var end = rest.Length > first + 1 ? rest[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? 0 : first + 1 + end + 1;
    }

    private static string TranslateSet(ReadOnlySpan<char> members)
    {
        var isNegated = members[0] is '!' or '^';
        var escaped = members[(isNegated ? 1 : 0)..].ToString().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal);
        return $"[{(isNegated ? "^" : string.Empty)}{escaped}]";
    }
}
