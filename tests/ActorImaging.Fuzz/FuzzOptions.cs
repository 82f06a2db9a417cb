using System.Globalization;
using ActorImaging.Tasks;

namespace ActorImaging.Fuzz;

/// <summary>What is damaged, for how long, and what is looked at.</summary>
internal sealed record FuzzOptions
{
    private const int DefaultSeconds = 60;

    /// <summary>How long at most.</summary>
    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(DefaultSeconds);

    /// <summary>What decides, so that a run can be had again.</summary>
    public int Seed { get; private init; } = Environment.TickCount;

    /// <summary>The format of all files; null for every format in turn.</summary>
    public ImageFormat? Format { get; private init; }

    /// <summary>How many files at most.</summary>
    public long Executions { get; private init; } = long.MaxValue;

    /// <summary>Whether there are guards behind native memory.</summary>
    public bool AreWritesGuarded { get; private init; }

    /// <summary>A file that is put through in many ways, instead of damaged ones.</summary>
    public string? Again { get; private init; }

    /// <summary>Reads the words of the command line.</summary>
    /// <exception cref="ArgumentException">There is no such option.</exception>
    public static FuzzOptions Parse(string[] words)
    {
        var (options, numbers) = (new FuzzOptions(), 0);
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            options = word switch
            {
                "--guards" => options with { AreWritesGuarded = true },
                "--format" when at + 1 < words.Length => options with { Format = Enum.Parse<ImageFormat>(words[++at], ignoreCase: true) },
                "--executions" when at + 1 < words.Length => options with { Executions = long.Parse(words[++at], CultureInfo.InvariantCulture) },
                _ when word.StartsWith("--", StringComparison.Ordinal) => throw new ArgumentException($"There is no option {word}.", nameof(words)),
                _ when numbers == 0 => File.Exists(word)
                    ? options with { Again = word }
                    : options with { Duration = TimeSpan.FromSeconds(int.Parse(word, CultureInfo.InvariantCulture)) },
                _ => options with { Seed = int.Parse(word, CultureInfo.InvariantCulture) },
            };
            numbers += word.StartsWith("--", StringComparison.Ordinal) ? 0 : 1;
        }

        return options;
    }
}
