using ActorImaging.Cli.Inputs;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Planning;

/// <summary>Inputs times variants, as a lazy sequence of tasks: gone through once to check it, and once to do it.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="variants">What is made of each, at least one.</param>
/// <param name="name">Where outputs go.</param>
/// <param name="source">How sources are read.</param>
/// <param name="replacement">When results take the place of their own inputs; null where they never do.</param>
internal sealed class ProcessPlan(
    InputFiles inputs, IReadOnlyList<Variant> variants, OutputName name, SourceSettings source, OverwritePolicy? replacement)
{
    private readonly FileNames _names = new();

    // Digests, sixteen bytes a name: what is not among them when the plan is done came up since, an output of it perhaps
    private HashSet<UInt128> _checked = [];

    /// <summary>The inputs.</summary>
    public InputFiles Inputs => inputs;

    /// <summary>What is made of each.</summary>
    public IReadOnlyList<Variant> Variants => variants;

    /// <summary>The tasks that were checked, numbered from 1, once; those of one source follow each other.</summary>
    public IEnumerable<ImageTask> Tasks() => Tasks(_checked.Remove);

    /// <summary>Goes through the whole plan once, before any work.</summary>
    /// <returns>How much there is to do.</returns>
    /// <exception cref="UsageException">Two tasks have one output, or an output is an input and must not be.</exception>
    public PlanSize Check()
    {
        _checked = [];
        var (outputs, linked) = (new HashSet<UInt128>(), new HashSet<UInt128>());
        var size = default(PlanSize);
        foreach (var task in Tasks(_checked.Add))
        {
            if (!FileNames.IsUndecoded(task.SourcePath) && !outputs.Add(_names.Digest(task.OutputPath))) // what can't be opened has no output
            {
                throw Collision(task);
            }

            RequireHeld(task);

            var file = SourceFile.Find(task.SourcePath);
            if (file.FullName != Path.GetFullPath(task.SourcePath))
            {
                linked.Add(_names.Digest(file.FullName)); // what a link stands for is read, too
            }

            size = size.With(file);
        }

        if (replacement is null && (outputs.Overlaps(_checked) || outputs.Overlaps(linked)))
        {
            throw Overwritten(outputs);
        }

        return size.Tasks > 0
            ? size
            : throw new UsageException(inputs.Notices.Count > 0 ? inputs.Notices : ["input: expected files, folders or patterns, but there is none"]);
    }

    /// <summary>What no source can be written as, need not be tried with each of them.</summary>
    private static void RequireHeld(ImageTask task)
    {
        if (ImageFormats.TryGetByExtension(task.OutputPath, out var format) && ResultSize.LeastOf(task.Operations) is { } size && !ResultSize.IsHeld(size, format.Value))
        {
            throw new UsageException(FormattableString.Invariant(
                $"output: expected at most {ImageFormats.MaxSidePixels(format.Value):N0} pixels a side, which is what {ImageFormats.NameOf(format.Value)} holds, but {string.Join('+', task.Operations)} makes more of any source ('{task.OutputPath}')"));
        }
    }

    private IEnumerable<ImageTask> Tasks(Func<UInt128, bool> isWanted)
    {
        var number = 0L;
        foreach (var input in inputs.Enumerate(isWanted))
        {
            foreach (var variant in variants)
            {
                var output = name.PathOf(input, variant);
                var isReplacing = replacement is not null && output == Path.GetFullPath(input.Path);
                yield return new ImageTask(new TaskId(++number), input.Path, variant.Operations, output)
                {
                    Source = source,
                    Output = isReplacing ? variant.Output with { Overwrite = replacement!.Value } : variant.Output,
                };
            }
        }
    }

    private IEnumerable<ImageTask> AllTasks() => Tasks(new HashSet<UInt128>().Add);

    private UsageException Collision(ImageTask task)
    {
        var output = _names.Digest(task.OutputPath);
        var other = AllTasks().First(candidate => _names.Digest(candidate.OutputPath) == output);
        return new UsageException(
            $"output: expected one for each task, but '{other.SourcePath}' and '{task.SourcePath}' would both be written to '{task.OutputPath}' (--name can tell them apart, by {{from}} where only their extensions differ; of a folder or a quoted pattern the tree is kept)");
    }

    private UsageException Overwritten(HashSet<UInt128> outputs)
    {
        var overwritten = AllTasks().First(task => IsIn(outputs, task.SourcePath));
        var target = SourceFile.Find(overwritten.SourcePath).FullName;
        var own = AllTasks().First(task => _names.Digest(task.OutputPath) is var output && (output == _names.Digest(overwritten.SourcePath) || output == _names.Digest(target)));
        return new UsageException(own.SourcePath == overwritten.SourcePath
            ? $"output: expected another file than the input, but '{own.SourcePath}' would be overwritten by its own result (--in-place allows it)"
            : $"output: expected another file than an input, but the input '{overwritten.SourcePath}' would be overwritten by the result of '{own.SourcePath}' (if it is a result of an earlier run, another folder for --out or a pattern for the inputs keeps them apart)");
    }

    private bool IsIn(HashSet<UInt128> outputs, string path) =>
        outputs.Contains(_names.Digest(path)) || outputs.Contains(_names.Digest(SourceFile.Find(path).FullName));
}
