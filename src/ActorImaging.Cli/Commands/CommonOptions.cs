using System.CommandLine;
using System.Globalization;
using ActorImaging.Cli.Streams;
using ActorImaging.Hosting;

namespace ActorImaging.Cli.Commands;

/// <summary>Options that several commands have, and how their values are read.</summary>
internal static class CommonOptions
{
    public static Option<FileInfo?> Config { get; } = new("--config")
    {
        Description = "A HOCON file that is laid over the reference configuration.",
        HelpName = "FILE",
    };

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "One configuration key, such as actor-imaging.distribution=round-robin. May be repeated.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    public static Option<int?> Processors { get; } = new("--processors")
    {
        Description = "Processors (actors that do image tasks); one a core by default. Short for --set actor-imaging.processors=N.",
        HelpName = "N",
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON on standard output." };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress." };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        Option[] options = [Processors, Config, Set, Json, Quiet];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The configuration that the options make, with layers of the command's own on top.</summary>
    /// <exception cref="InvalidConfigurationException">It can't be used.</exception>
    /// <exception cref="UsageException">This process may not open the files that it takes.</exception>
    public static ImagingConfiguration LoadConfiguration(ParseResult parsed, params IEnumerable<HoconLayer> ownLayers)
    {
        var layers = new List<HoconLayer>();
        if (parsed.GetValue(Config) is { } file)
        {
            layers.Add(HoconLayer.FromFile(file.FullName));
        }

        layers.AddRange(parsed.GetValue(Set)!.Select(HoconLayer.FromAssignment));
        if (parsed.GetValue(Processors) is { } processors)
        {
            layers.Add(HoconLayer.FromAssignment(string.Create(CultureInfo.InvariantCulture, $"actor-imaging.processors={processors}")));
        }

        var configuration = ImagingConfiguration.Load([.. layers, .. ownLayers]);
        OpenFileLimit.Require(configuration.Settings.Processors);
        return configuration;
    }

    /// <summary>The options that make the configuration, as they were said, for a command line that has the same.</summary>
    public static IReadOnlyList<string> ConfigurationArguments(ParseResult parsed)
    {
        var arguments = new List<string>();
        if (parsed.GetValue(Config) is { } file)
        {
            arguments.AddRange([Config.Name, file.FullName]);
        }

        arguments.AddRange(parsed.GetValue(Set)!.SelectMany(assignment => new[] { Set.Name, assignment }));
        if (parsed.GetValue(Processors) is { } processors)
        {
            arguments.AddRange([Processors.Name, processors.ToString(CultureInfo.InvariantCulture)]);
        }

        return arguments;
    }

    /// <summary>Reads a size such as 4000x3000.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static (int WidthPixels, int HeightPixels) ParseSize(string option, string text)
    {
        const int MaxSide = 30_000;
        var sides = text.Split('x');
        return sides.Length == 2 && TryParseSide(sides[0], out var width) && TryParseSide(sides[1], out var height)
            ? (width, height)
            : throw new UsageException(
                $"{option}: expected WIDTHxHEIGHT in pixels, each from 1 to {MaxSide}, such as 4000x3000, but received '{text}'");

        static bool TryParseSide(string side, out int pixels) =>
            int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out pixels) && pixels is >= 1 and <= MaxSide;
    }

    /// <summary>Checks a number.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public static int RequireRange(string option, int value, int minimum, int maximum) => value >= minimum && value <= maximum
        ? value
        : throw new UsageException($"{option}: expected a whole number from {minimum} to {maximum}, but received '{value}'");
}
