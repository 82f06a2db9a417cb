using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>The two consoles: results go to standard output, everything else to standard error. NO_COLOR is honoured by both.</summary>
internal static class Terminal
{
    private const int WidthWhenRedirected = 4096; // a file has no edge to wrap at

    private const char Replacement = '\uFFFD';

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>A text that can be shown: file names may hold line ends, and sequences that terminals obey.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, (shown, original) =>
    {
        for (var at = 0; at < shown.Length; at++)
        {
            shown[at] = char.IsControl(original[at]) ? Replacement : original[at];
        }
    });

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthWhenRedirected;
        }

        return console;
    }
}
