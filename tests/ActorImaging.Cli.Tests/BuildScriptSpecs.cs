using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace ActorImaging.Cli.Tests;

/// <summary>build.ps1, run by PowerShell's own engine with a program in the place of dotnet that notes how it was called.</summary>
public sealed partial class BuildScriptSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("build")]
    [InlineData("test")]
    [InlineData("bench")]
    [InlineData("pack")]
    public void Should_run_a_command_that_the_readme_names(string task)
    {
        var command = Assert.Single(RunScript(task));

        Assert.Contains(command, ReadmeCommands());
    }

    [Fact]
    public void Should_hold_no_dotnet_command_that_the_readme_does_not_name() => Assert.All(
        DotnetCommand().Matches(File.ReadAllText(Path.Combine(Repository.Root, "build.ps1"))).Select(match => match.Groups[1].Value.Trim()),
        command => Assert.Contains(command, ReadmeCommands()));

    [Fact]
    public void Should_refuse_a_task_that_there_is_none() => Assert.ThrowsAny<RuntimeException>(() => RunScript("paint"));

    private static string[] ReadmeCommands() =>
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).Select(line => line.Split('#')[0].Trim()).Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal))];

    /// <summary>Runs the script and returns the calls of dotnet that it made.</summary>
    private string[] RunScript(string task)
    {
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(_folder.File("dotnet.cmd"), $"@echo dotnet %*>>\"{_folder.File("calls")}\"");
        }
        else
        {
            File.WriteAllText(_folder.File("dotnet"), $"#!/bin/sh\necho \"dotnet $*\" >> '{_folder.File("calls")}'\n");
            File.SetUnixFileMode(_folder.File("dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", _folder.Path + Path.PathSeparator + path);
        try
        {
            using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Open();
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand(Path.Combine(Repository.Root, "build.ps1")).AddParameter("Task", task).Invoke();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        return File.ReadAllLines(_folder.File("calls"));
    }

    [GeneratedRegex(@"\{ (dotnet [^}]*)\}")]
    private static partial Regex DotnetCommand();
}
