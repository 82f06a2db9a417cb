using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>
/// How records name outputs: below the folder of <c>--out</c>, so that a log stays right when everything is moved; by their whole path when
/// results replace their sources.
/// </summary>
/// <param name="folder">The folder of <c>--out</c>, or null.</param>
internal sealed class OutputNames(string? folder)
{
    private readonly string? _folder = folder is null ? null : Path.GetFullPath(folder);

    /// <summary>The name of a task's output.</summary>
    public string Of(ImageTask task) => _folder is null
        ? task.OutputPath
        : Path.GetRelativePath(_folder, task.OutputPath).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The path that a name stands for now.</summary>
    public string PathOf(JobRecord record) => _folder is null ? record.Output : Path.GetFullPath(Path.Combine(_folder, record.Output));
}
