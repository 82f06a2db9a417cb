using System.Collections.Immutable;
using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorImaging.Hosting;

/// <summary>
/// Reads the keys of one section, collects faults instead of stopping at the first, and remembers what it was asked for: keys that
/// nobody asked for are unknown.
/// </summary>
/// <param name="config">The whole configuration.</param>
/// <param name="path">The section.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class HoconSection(Config config, string path, ICollection<string> faults)
{
    private static readonly char[] Separators = [',', '[', ']', '"', ' '];

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The keys that were read, in full.</summary>
    public IReadOnlyCollection<string> Known => _known;

    /// <summary>Reads one of several words.</summary>
    public T Choice<T>(string key, T fallback, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var text = Text(key);
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        return Fault(key, words.Count == 1 ? words[0] : $"one of {string.Join(", ", words)}", text, fallback);
    }

    /// <summary>Reads a whole number; <c>auto</c> stands for <paramref name="automatic"/> where there is one.</summary>
    public int Integer(string key, int minimum, int maximum, int fallback, int? automatic = null) =>
        (int)Whole(key, minimum, maximum, fallback, automatic);

    /// <summary>Reads a large whole number; <c>auto</c> stands for <paramref name="automatic"/> where there is one.</summary>
    public long Whole(string key, long minimum, long maximum, long fallback, long? automatic = null)
    {
        var text = Text(key);
        if (automatic is { } value && text == "auto")
        {
            return value;
        }

        return TryParse(text, minimum, maximum, out var number)
            ? number
            : Fault(key, $"{(automatic is null ? "" : "auto or ")}a whole number from {minimum} to {maximum}", text, fallback);
    }

    /// <summary>Reads a list of words; <c>all</c> stands for all that there are.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">What holds where the list can't be read.</param>
    /// <param name="all">All that there are.</param>
    /// <param name="wordsOf">The words for each, of which the first is shown.</param>
    public ImmutableArray<T> Words<T>(string key, ImmutableArray<T> fallback, ImmutableArray<T> all, Func<T, IReadOnlyList<string>> wordsOf)
    {
        var text = Text(key);
        if (text == "all")
        {
            return all;
        }

        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && words.All(word => all.Any(value => wordsOf(value).Contains(word)))
            ? [.. all.Where(value => wordsOf(value).Any(words.Contains))]
            : Fault(key, $"all, or a list of {string.Join(", ", all.Select(value => wordsOf(value)[0]))}", text, fallback);
    }

    /// <summary>Reads a duration.</summary>
    public TimeSpan Duration(string key, TimeSpan minimum, TimeSpan maximum, TimeSpan fallback, bool allowInfinite = false)
    {
        var text = Text(key);
        if (allowInfinite && text == "infinite")
        {
            return Timeout.InfiniteTimeSpan;
        }

        return HoconDuration.TryParse(text, out var duration) && duration >= minimum && duration <= maximum
            ? duration
            : Fault(
                key,
                $"{(allowInfinite ? "infinite or " : "")}a duration from {HoconDuration.Format(minimum)} to {HoconDuration.Format(maximum)}, such as 90s",
                text,
                fallback);
    }

    /// <summary>Makes a fault of every key of the section that was not read.</summary>
    public void RejectUnknownKeys()
    {
        foreach (var key in LeavesOf(config, path).Where(key => !_known.Contains(key)))
        {
            var nearest = _known.MinBy(known => EditDistance.Between(known, key));
            faults.Add($"{key}: there is no such key; did you mean {nearest}?");
        }
    }

    /// <summary>The keys below a path that hold a value, in full.</summary>
    internal static IEnumerable<string> LeavesOf(Config config, string path)
    {
        var value = config.GetValue(path);
        return value is null || !value.IsObject() ? [] : LeavesOf(value.GetObject(), path);
    }

    private static IEnumerable<string> LeavesOf(HoconObject section, string path) => section.Items.SelectMany(
        item => item.Value.IsObject() ? LeavesOf(item.Value.GetObject(), $"{path}.{item.Key}") : [$"{path}.{item.Key}"]);

    private static bool TryParse(string text, long minimum, long maximum, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum;

    private string Text(string key)
    {
        var full = $"{path}.{key}";
        _known.Add(full);
        var value = config.GetValue(full);
        // what the parser makes of an empty list is a value that it does not know
        return value is null ? string.Empty : value.IsObject() ? "{ ... }" : value.ToString() is "<<unknown value>>" ? "[]" : value.ToString().Trim('"');
    }

    private T Fault<T>(string key, string expected, string received, T fallback)
    {
        faults.Add($"{path}.{key}: expected {expected}, but received '{received}'");
        return fallback;
    }
}
