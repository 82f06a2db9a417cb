using ActorImaging.Cli.Streams;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// The two consoles: results go to standard output, everything else to standard error. NO_COLOR is honoured by both. Where one of them can't be
/// written, the work goes on, and the exit code says so at its end.
/// </summary>
internal static class Terminal
{
    private const char Replacement = '\uFFFD';

    private static readonly ReportStream OutStream = ReportStream.Open(StandardDescriptor.Output);
    private static readonly ReportStream ErrorStream = ReportStream.Open(StandardDescriptor.Error);

    /// <summary>Standard output, for results as programs read them.</summary>
    public static TextWriter OutWriter { get; } = CreateWriter(OutStream);

    /// <summary>Standard error, for messages.</summary>
    public static TextWriter ErrorWriter { get; } = CreateWriter(ErrorStream);

    /// <summary>Standard output, for results as people read them.</summary>
    public static IAnsiConsole Out { get; } = CreateConsole(OutWriter, Console.IsOutputRedirected);

    /// <summary>Standard error, for how far the work is.</summary>
    public static IAnsiConsole Error { get; } = CreateConsole(ErrorWriter, Console.IsErrorRedirected);

    /// <summary>Has everything that libraries write go to standard error, through here: nothing but results is to be on standard output.</summary>
    public static void Take()
    {
        Console.SetOut(ErrorWriter);
        Console.SetError(ErrorWriter);
    }

    /// <summary>Says, once and at the end, what could not be reported.</summary>
    /// <param name="exitCode">How the work ended.</param>
    /// <returns>The exit code.</returns>
    public static int Conclude(int exitCode)
    {
        if (OutStream.Fault is { } fault)
        {
            ErrorWriter.WriteLine($"error: standard output can't be written: {fault}");
        }

        return exitCode == ExitCode.Done && (OutStream.Fault ?? ErrorStream.Fault) is not null ? ExitCode.Failed : exitCode;
    }

    /// <summary>A text that can be shown: file names may hold line ends, and sequences that terminals obey.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, (shown, original) =>
    {
        for (var at = 0; at < shown.Length; at++)
        {
            shown[at] = char.IsControl(original[at]) ? Replacement : original[at];
        }
    });

    private static TextWriter CreateWriter(ReportStream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, Console.OutputEncoding) { AutoFlush = true });

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(writer, isRedirected),
        Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
