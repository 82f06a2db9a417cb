using System.Text.Json;

namespace ActorImaging.Cli.Planning;

/// <summary>The values of an enumeration as users write them: in lower case, in options and in plan files alike.</summary>
internal static class Words
{
    /// <summary>The word for a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>All words, joined for a help text.</summary>
    public static string Alternatives<T>()
        where T : struct, Enum => string.Join('|', Enum.GetValues<T>().Select(Of));

    /// <summary>Reads a word; capitals count for nothing.</summary>
    /// <exception cref="UsageException">There is no such word.</exception>
    public static T Parse<T>(string option, string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (word.Equals(Of(value), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new UsageException($"{option}: expected one of {string.Join(", ", Enum.GetValues<T>().Select(Of))}, but received '{word}'");
    }
}
