using ActorImaging.Cli.Inputs;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Inputs times variants, as a lazy sequence of tasks.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Variants">What is made of each, at least one.</param>
/// <param name="Name">Where outputs go.</param>
/// <param name="Source">How sources are read.</param>
/// <param name="IsInPlace">Whether an output may be its own input.</param>
internal sealed record ProcessPlan(
    InputFiles Inputs, IReadOnlyList<Variant> Variants, OutputName Name, SourceSettings Source, bool IsInPlace)
{
    /// <summary>The tasks, numbered from 1.</summary>
    public IEnumerable<ImageTask> Tasks()
    {
        var number = 0L;
        foreach (var input in Inputs.Enumerate())
        {
            foreach (var variant in Variants)
            {
                yield return new ImageTask(new TaskId(++number), input.Path, variant.Operations, Name.PathOf(input, variant))
                {
                    Source = Source,
                    Output = variant.Output,
                };
            }
        }
    }

    /// <summary>Goes through the whole plan once, before any work.</summary>
    /// <returns>How much there is to do.</returns>
    /// <exception cref="UsageException">Two tasks have one output, or an output is its own input and must not be.</exception>
    public PlanSize Check()
    {
        var outputs = new HashSet<UInt128>();
        var (tasks, bytes) = (0L, 0L);
        foreach (var task in Tasks())
        {
            RequireOtherOutput(task);
            if (!outputs.Add(InputFiles.Digest(task.OutputPath)))
            {
                throw Collision(task);
            }

            tasks++;
            bytes += LengthOf(task.SourcePath);
        }

        return tasks == 0 ? throw new UsageException("input: expected files, folders or patterns, but there is none") : new PlanSize(tasks, bytes);
    }

    /// <summary>The length of a source; zero when there is none, which its task will say.</summary>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private void RequireOtherOutput(ImageTask task)
    {
        if (!IsInPlace && Path.GetFullPath(task.SourcePath) == task.OutputPath)
        {
            throw new UsageException($"output: expected another file than the input, but '{task.SourcePath}' would be overwritten by its own result (--in-place allows it)");
        }
    }

    private UsageException Collision(ImageTask task)
    {
        var other = Tasks().First(candidate => candidate.OutputPath == task.OutputPath);
        return new UsageException(
            $"output: expected one for each task, but '{other.SourcePath}' and '{task.SourcePath}' would both be written to '{task.OutputPath}' (--name can tell them apart)");
    }
}
