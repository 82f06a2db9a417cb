using System.Diagnostics;

namespace ActorImaging.Cli.Tests;

/// <summary>The program as a user runs it: arguments in; files, both streams and the exit code out.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<CliRun> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        return await program.FinishAsync();
    }

    /// <summary>Starts the program; the caller may send it signals.</summary>
    public static RunningCli Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ProgramPath, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new RunningCli(Process.Start(start)!);
    }

    private static string ProgramPath => Path.Combine(AppContext.BaseDirectory, "actor-imaging.dll");

    internal sealed class RunningCli(Process process) : IDisposable
    {
        private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();

        public int Id => process.Id;

        public StreamReader Error => process.StandardError;

        public async Task<CliRun> FinishAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new CliRun(process.ExitCode, await _output, await error);
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }
    }
}
