using System.Globalization;

namespace ActorImaging.Hosting;

/// <summary>Durations as configuration writes them: <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>24h</c>, <c>2d</c>.</summary>
internal static class HoconDuration
{
    private static readonly (string Unit, TimeSpan Span)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
        var unit = text[digits.Length..];
        var known = Array.Find(Units, candidate => candidate.Unit == unit);
        if (known.Unit is null || !double.TryParse(digits.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var seconds = number * known.Span.TotalSeconds;
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Writes a duration in the largest unit that leaves it whole.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, span) = Array.FindLast(Units, candidate => duration.Ticks % candidate.Span.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / span.Ticks}{unit}");
    }
}
