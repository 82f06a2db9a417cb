using System.Reflection;
using Akka.Configuration;

namespace ActorImaging.Hosting;

/// <summary>A piece of HOCON that is laid over what is below it.</summary>
/// <param name="Name">Where it comes from, for messages.</param>
/// <param name="Text">The HOCON.</param>
public sealed record HoconLayer(string Name, string Text)
{
    /// <summary>A file's content.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidConfigurationException">It can't be read.</exception>
    public static HoconLayer FromFile(string path)
    {
        try
        {
            return new HoconLayer(path, File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException(
                $"configuration file '{path}': expected a readable HOCON file, but {fault.Message}", fault);
        }
    }

    /// <summary>One key, as <c>--set</c> takes it.</summary>
    /// <param name="assignment">KEY=VALUE.</param>
    /// <exception cref="InvalidConfigurationException">There is no key or no value.</exception>
    public static HoconLayer FromAssignment(string assignment)
    {
        var separator = assignment.IndexOf('=', StringComparison.Ordinal);
        if (assignment[(separator + 1)..].Trim() is var value && value.Contains(',', StringComparison.Ordinal) && value[0] is not ('[' or '{' or '"'))
        {
            throw new InvalidConfigurationException($"--set: expected a list in brackets, such as [jpg, png], but received '{value}'"); // of which HOCON would take the first and forget the rest
        }

        return separator > 0 && separator < assignment.Length - 1
            ? new HoconLayer($"--set {assignment}", $"{assignment[..separator].Trim()} = {assignment[(separator + 1)..].Trim()}")
            : throw new InvalidConfigurationException(
                $"--set: expected KEY=VALUE, such as actor-imaging.processors=4, but received '{assignment}'");
    }

    internal static Config Embedded(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    internal Config Over(Config below, ICollection<string> faults)
    {
        if (HoconBraces.FindFault(Text) is { } unbalanced)
        {
            faults.Add($"{Name}: expected HOCON, but {unbalanced}");
            return below;
        }

        try
        {
            return ConfigurationFactory.ParseString(Text).WithFallback(below);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException) // the parser throws what comes up, from FormatException to KeyNotFoundException
        {
            faults.Add($"{Name}: expected HOCON, but {fault.Message}");
            return below;
        }
    }
}
