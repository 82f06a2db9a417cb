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
    /// <summary>The tasks, numbered from 1; those of one source follow each other.</summary>
    public IEnumerable<ImageTask> Tasks() => Tasks([]);

    /// <summary>Goes through the whole plan once, before any work.</summary>
    /// <returns>How much there is to do.</returns>
    /// <exception cref="UsageException">Two tasks have one output, or an output is an input and must not be.</exception>
    public PlanSize Check()
    {
        var names = new FileNames();
        var (inputs, outputs) = (new HashSet<UInt128>(), new HashSet<UInt128>());
        var size = default(PlanSize);
        foreach (var task in Tasks(inputs))
        {
            if (!outputs.Add(names.Digest(task.OutputPath)))
            {
                throw Collision(task);
            }

            size = size.With(task);
        }

        if (!IsInPlace && outputs.Overlaps(inputs))
        {
            throw Overwritten(inputs);
        }

        return size.Tasks > 0
            ? size
            : throw new UsageException(Inputs.Notices.Count > 0 ? Inputs.Notices : ["input: expected files, folders or patterns, but there is none"]);
    }

    private IEnumerable<ImageTask> Tasks(HashSet<UInt128> inputs)
    {
        var number = 0L;
        foreach (var input in Inputs.Enumerate(inputs))
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

    private UsageException Collision(ImageTask task)
    {
        var names = new FileNames();
        var output = names.Digest(task.OutputPath);
        var other = Tasks().First(candidate => names.Digest(candidate.OutputPath) == output);
        return new UsageException(
            $"output: expected one for each task, but '{other.SourcePath}' and '{task.SourcePath}' would both be written to '{task.OutputPath}' (--name can tell them apart; of a folder or a quoted pattern the tree is kept)");
    }

    private UsageException Overwritten(HashSet<UInt128> inputs)
    {
        var names = new FileNames();
        var task = Tasks().First(candidate => inputs.Contains(names.Digest(candidate.OutputPath)));
        var isOwn = names.Digest(task.SourcePath) == names.Digest(task.OutputPath);
        return new UsageException(isOwn
            ? $"output: expected another file than the input, but '{task.SourcePath}' would be overwritten by its own result (--in-place allows it)"
            : $"output: expected another file than an input, but the input '{task.OutputPath}' would be overwritten by the result of '{task.SourcePath}'");
    }
}
