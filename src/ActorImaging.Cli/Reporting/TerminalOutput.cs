using System.Text;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>What a console writes to, and how wide it is.</summary>
/// <param name="writer">Where it writes.</param>
/// <param name="isRedirected">Whether that is no terminal.</param>
internal sealed class TerminalOutput(TextWriter writer, bool isRedirected) : IAnsiConsoleOutput
{
    private const int WidthWhenRedirected = 4096; // a file has no edge to wrap at
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => !isRedirected;

    public int Width => isRedirected ? WidthWhenRedirected : Measure(() => Console.BufferWidth, UsualWidth);

    public int Height => isRedirected ? UsualHeight : Measure(() => Console.WindowHeight, UsualHeight);

    public void SetEncoding(Encoding encoding)
    {
        // The writer has the terminal's.
    }

    private static int Measure(Func<int> side, int usual)
    {
        try
        {
            return side() is var cells and > 0 ? cells : usual;
        }
        catch (IOException)
        {
            return usual; // it is gone
        }
    }
}
