using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ActorImaging.Cli.Commands;
using ActorImaging.Cli.Reporting;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;

namespace ActorImaging.Cli;

/// <summary>The commands, and the one way from arguments to an exit code.</summary>
internal static class CommandLine
{
    private const string NoCommand = "expected a command: process, bench or generate";
    private const string EmptyArgument = "expected arguments with something in them, but one is empty (a variable of the shell that is not set?)";

    /// <summary>Builds the root command.</summary>
    /// <param name="stop">What asks the work to stop.</param>
    public static RootCommand CreateRoot(StopSignals stop)
    {
        var root = new RootCommand("Runs image operations on every core with actors, and shows with numbers what that buys.")
        {
            ProcessCommand.Create(stop),
            BenchCommand.Create(stop),
            GenerateCommand.Create(stop),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Runs what was parsed; every fault that a user can mend becomes a message on standard error.</summary>
    public static async Task<int> RunAsync(this ParseResult parsed) => Terminal.Conclude(await InvokeAsync(parsed));

    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, parsed.Tokens.Count == 0 ? [NoCommand] : parsed.Errors.Select(error => error.Message));
        }

        if (parsed.Tokens.Any(token => token is { Type: TokenType.Argument, Value.Length: 0 }))
        {
            return Refuse(parsed, [EmptyArgument]);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = Terminal.OutWriter,
                Error = Terminal.ErrorWriter,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Ctrl-C is StopSignals' to handle
            });
        }
        catch (UsageException fault)
        {
            return Refuse(parsed, fault.Faults);
        }
        catch (InvalidImageOperationException fault)
        {
            return Refuse(parsed, [fault.Message]);
        }
        catch (InvalidConfigurationException fault)
        {
            return Refuse(parsed, fault.Faults);
        }
        catch (Exception fault) when (fault is UnsafeMagickException or TemporaryFolderException)
        {
            await Terminal.ErrorWriter.WriteLineAsync($"error: {fault.Message}");
            return ExitCode.Usage; // nothing was done
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException)
        {
            await Terminal.ErrorWriter.WriteLineAsync($"error: {fault.Message}");
            return ExitCode.Failed;
        }
    }

    private static int Refuse(ParseResult parsed, IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Terminal.ErrorWriter.WriteLine($"error: {fault}");
        }

        var command = parsed.CommandResult.Command is RootCommand ? string.Empty : $" {parsed.CommandResult.Command.Name}";
        Terminal.ErrorWriter.WriteLine($"See 'actor-imaging{command} --help'.");
        return ExitCode.Usage;
    }
}
