using System.CommandLine;
using ActorImaging.Cli.Inputs;
using ActorImaging.Cli.Jobs;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary>The options of <c>process</c>, read and checked.</summary>
/// <param name="Settings">What is made of each source, as it was said.</param>
/// <param name="Plan">What is to be done.</param>
/// <param name="OutputFolder">The folder below which outputs go; null when results replace their sources.</param>
/// <param name="Job">What is remembered.</param>
/// <param name="IsDryRun">Whether it is only to be shown.</param>
/// <param name="MaxFailures">Failures after which the batch stops, or null.</param>
/// <param name="QuarantineFolder">Where tasks are kept that took processors down or ran past their time, or null.</param>
internal sealed record ProcessOptions(
    PlanSettings Settings, ProcessPlan Plan, string? OutputFolder, JobOptions Job, bool IsDryRun, int? MaxFailures, string? QuarantineFolder) : IDisposable
{
    private static readonly Argument<string[]> Inputs = new("input")
    {
        Description = "Files, folders and patterns such as 'photos/**/*.{jpg,png}'. Hidden files are left out unless they are named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "The folder for outputs; the tree of an input folder is kept.", HelpName = "DIR" };

    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Replace inputs by their results; with another --format, results stand beside them." };

    private static readonly Option<bool> Recursive = new("--recursive", "-r") { Description = "Look into the folders within a folder." };

    private static readonly Option<string?> FromFile = new("--from-file")
    {
        Description = "A list of files and folders, one a line or separated by NUL; - for standard input.",
        HelpName = "LIST",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print what would be done, and do nothing." };

    private static readonly Option<bool> FailFast = new("--fail-fast") { Description = "Stop at the first task that fails." };

    private static readonly Option<int?> MaxFailuresOption = new("--max-failures") { Description = "Stop when so many tasks have failed.", HelpName = "N" };

    private static readonly Option<string?> Quarantine = new("--quarantine")
    {
        Description = "A folder that keeps what is needed to see a failure again of each task that took processors down or ran past its time: the source, what was done, versions, and the command line that repeats it.",
        HelpName = "DIR",
    };

    /// <summary>Adds the argument and the options, in the order in which help shows them.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(Inputs);
        Option[] options = [Out, InPlace, Recursive, FromFile, .. PlanOptions.All, .. JobLogOptions.All, DryRun, FailFast, MaxFailuresOption, Quarantine];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">One of them can't be used.</exception>
    /// <exception cref="InvalidImageOperationException">An operation can't be read.</exception>
    public static ProcessOptions Read(ParseResult parsed)
    {
        var isInPlace = parsed.GetValue(InPlace);
        var folder = parsed.GetValue(Out);
        if (folder is null != isInPlace)
        {
            throw new UsageException($"--out: expected a folder for outputs, or --in-place instead of one, but received {(isInPlace ? "both" : "neither")}");
        }

        var settings = PlanOptions.Read(parsed);
        RequireOwnNames(isInPlace, settings);
        var list = parsed.GetValue(FromFile) is { } path ? new InputList(path) : null;
        var variants = settings.ResolveVariants(isInPlace);
        var plan = new ProcessPlan(
            new InputFiles(parsed.GetValue(Inputs)!, list, parsed.GetValue(Recursive), folder, followsLinks: isInPlace),
            variants,
            new OutputName(folder, settings.Name, variants),
            settings.ResolveSource(isInPlace),
            isInPlace ? settings.Overwrite ?? OverwritePolicy.Always : null);
        return new ProcessOptions(settings, plan, folder, JobLogOptions.Read(parsed), parsed.GetValue(DryRun), ReadMaxFailures(parsed), parsed.GetValue(Quarantine));
    }

    /// <summary>Gives up what the inputs hold.</summary>
    public void Dispose() => Plan.Inputs.Dispose();

    private static void RequireOwnNames(bool isInPlace, PlanSettings settings)
    {
        var other = settings.Name is not null ? "--name" : settings.Variants is { Length: > 0 } ? "--variant" : null;
        if (isInPlace && other is not null)
        {
            throw new UsageException($"{InPlace.Name}: expected one result for each input, which takes its name, but {other} gives it others ({Out.Name} takes those)");
        }
    }

    private static int? ReadMaxFailures(ParseResult parsed) => parsed.GetValue(FailFast)
        ? 1
        : parsed.GetValue(MaxFailuresOption) is { } most ? CommonOptions.RequireRange(MaxFailuresOption.Name, most, 1, int.MaxValue) : null;
}
