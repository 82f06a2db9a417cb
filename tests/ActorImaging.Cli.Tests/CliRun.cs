using System.Diagnostics;

namespace ActorImaging.Cli.Tests;

/// <summary>The program as a user runs it: arguments in; files, both streams and the exit code out.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the program to its end.</summary>
    public static Task<CliRun> RunAsync(params string[] arguments) => RunInAsync(Environment.CurrentDirectory, arguments);

    /// <summary>Runs the program in a folder to its end.</summary>
    public static async Task<CliRun> RunInAsync(string folder, params string[] arguments)
    {
        using var program = StartIn(folder, arguments);
        return await program.FinishAsync();
    }

    /// <summary>Runs the program in a folder, and with variables of its environment set, to its end.</summary>
    public static async Task<CliRun> RunWithAsync(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        using var program = StartCommand(folder, ["dotnet", "exec", ProgramPath, .. arguments], environment);
        return await program.FinishAsync();
    }

    /// <summary>Runs a script of bash in a folder to its end: what redirections, limits and pipes make of the program, which is <c>cli</c> there.</summary>
    public static async Task<CliRun> RunScriptAsync(string folder, string script)
    {
        using var program = StartCommand(folder, ["bash", "-c", $"cli() {{ dotnet exec '{ProgramPath}' \"$@\"; }}; {script}"]);
        return await program.FinishAsync();
    }

    /// <summary>Runs another program in a folder to its end.</summary>
    public static async Task<CliRun> RunProgramAsync(TimeSpan patience, string folder, string path, params string[] arguments)
    {
        using var program = StartCommand(folder, ["dotnet", "exec", path, .. arguments]);
        return await program.FinishAsync(patience);
    }

    /// <summary>Starts the program; the caller may send it signals.</summary>
    public static RunningCli Start(params string[] arguments) => StartIn(Environment.CurrentDirectory, arguments);

    /// <summary>Starts the program in a folder.</summary>
    public static RunningCli StartIn(string folder, params string[] arguments) => StartCommand(folder, ["dotnet", "exec", ProgramPath, .. arguments]);

    /// <summary>Starts the program so that permissions hold for it, on Linux, even if root runs the specs.</summary>
    public static RunningCli StartWithoutPrivileges(params string[] arguments)
    {
        string[] drop = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
        return StartCommand(Environment.CurrentDirectory, [.. drop, "dotnet", "exec", ProgramPath, .. arguments]);
    }

    private static RunningCli StartCommand(string folder, string[] command, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new RunningCli(Process.Start(start)!);
    }

    /// <summary>The program.</summary>
    public static string ProgramPath => Path.Combine(AppContext.BaseDirectory, "actor-imaging.dll");

    internal sealed class RunningCli(Process process) : IDisposable
    {
        public int Id => process.Id;

        public StreamReader Output => process.StandardOutput;

        public StreamReader Error => process.StandardError;

        public StreamWriter Input => process.StandardInput;

        public async Task<CliRun> FinishAsync(TimeSpan? limit = null)
        {
            using var patience = new CancellationTokenSource(limit ?? Patience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new CliRun(process.ExitCode, await output, await error);
        }

        /// <summary>Ends the program at once, as kill -9 does.</summary>
        public async Task KillAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
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
