using System.IO.Hashing;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ActorImaging.Cli.Jobs;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Quarantine;

/// <summary>
/// A folder that keeps what is needed to see a failure again: for each task that took processors down or ran past its time a folder with its source
/// and <c>task.json</c>. The same task has the same folder, however often it fails. Used by one thread at a time.
/// </summary>
/// <param name="path">The folder; made when there is something to keep.</param>
/// <param name="engine">What tasks are done with.</param>
/// <param name="configuration">The options that made the configuration of this run.</param>
internal sealed class QuarantineFolder(string path, EngineDescription engine, IReadOnlyList<string> configuration)
{
    private const string RecordName = "task.json";

    /// <summary>Why something could not be kept; null while everything was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Keeps a task, if it failed in a way that is worth it. That it can't be kept ends nothing.</summary>
    public void Note(ImageTaskResult result)
    {
        if (result.Failure is { Kind: FailureKind.Quarantined or FailureKind.TimedOut } failure)
        {
            try
            {
                Keep(result, failure);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Fault ??= $"--quarantine: expected a folder that can be written, but {fault.Message}";
            }
        }
    }

    private void Keep(ImageTaskResult result, TaskFailure failure)
    {
        var task = result.Task;
        var folder = Path.Combine(path, NameOf(task));
        Directory.CreateDirectory(folder);
        var copy = Copy(task.SourcePath, folder);
        var source = copy is null ? Path.GetFullPath(task.SourcePath) : Path.GetFullPath(Path.Combine(folder, copy));
        var record = new QuarantinedTask(
            Path.GetFullPath(task.SourcePath),
            copy,
            task.OperationsText,
            TaskSettingsText.Of(task),
            Path.GetFullPath(task.OutputPath),
            result.Attempts,
            failure.Kind,
            failure.Reason,
            RepeatCommand.Of(task, source, Path.Combine(Path.GetFullPath(folder), "out"), configuration),
            Versions());
        OutputFile.Write(Path.Combine(folder, RecordName), output => output.Write(Encoding.UTF8.GetBytes(record.ToJson() + '\n')));
    }

    /// <summary>The source's own name, and what tells tasks of one name apart.</summary>
    private static string NameOf(ImageTask task)
    {
        var identity = $"{Path.GetFullPath(task.SourcePath)}\n{task.OperationsText}\n{TaskSettingsText.Of(task)}";
        return $"{Path.GetFileNameWithoutExtension(task.SourcePath)}-{XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(identity)):x8}";
    }

    private static string? Copy(string sourcePath, string folder)
    {
        try
        {
            var name = $"source{Path.GetExtension(sourcePath)}";
            File.Copy(sourcePath, Path.Combine(folder, name), overwrite: true);
            return name;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // it is gone meanwhile: the rest is worth keeping all the same
        }
    }

    private SystemVersions Versions() => new(
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        engine.Name,
        engine.Version,
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.ProcessArchitecture}",
        Environment.ProcessorCount);
}
