using System.CommandLine;
using ActorImaging.Cli.Inputs;
using ActorImaging.Cli.Planning;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Commands;

/// <summary>The options of <c>process</c>, read and checked.</summary>
/// <param name="Plan">What is to be done.</param>
/// <param name="IsDryRun">Whether it is only to be shown.</param>
/// <param name="MaxFailures">Failures after which the batch stops, or null.</param>
internal sealed record ProcessOptions(ProcessPlan Plan, bool IsDryRun, int? MaxFailures)
{
    private static readonly Argument<string[]> Inputs = new("input")
    {
        Description = "Files, folders and patterns such as 'photos/**/*.jpg'.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "The folder for outputs; the tree of an input folder is kept.", HelpName = "DIR" };

    private static readonly Option<string?> Name = new("--name") { Description = "The names of outputs: {dir}, {name}, {variant}, {ext}.", HelpName = "TEMPLATE" };

    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Replace inputs by their results." };

    private static readonly Option<bool> Recursive = new("--recursive", "-r") { Description = "Look into the folders within a folder." };

    private static readonly Option<string?> FromFile = new("--from-file")
    {
        Description = "A list of files, one a line or separated by NUL; - for standard input.",
        HelpName = "LIST",
    };

    private static readonly Option<FramePolicy> Frames = new("--frames") { Description = "What becomes of animations and pages." };

    private static readonly Option<WarningPolicy> OnWarning = new("--on-warning") { Description = "What becomes of sources that are damaged but can be decoded in part." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print what would be done, and do nothing." };

    private static readonly Option<bool> FailFast = new("--fail-fast") { Description = "Stop at the first task that fails." };

    private static readonly Option<int?> MaxFailuresOption = new("--max-failures") { Description = "Stop when so many tasks have failed.", HelpName = "N" };

    /// <summary>Adds the argument and the options, in the order in which help shows them.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(Inputs);
        Option[] options =
            [.. VariantOptions.All, Out, Name, InPlace, Recursive, FromFile, Frames, OnWarning, DryRun, FailFast, MaxFailuresOption];
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

        var variants = VariantOptions.Read(parsed, isInPlace);
        var plan = new ProcessPlan(
            new InputFiles(parsed.GetValue(Inputs)!, parsed.GetValue(FromFile), parsed.GetValue(Recursive), folder),
            variants,
            new OutputName(folder, parsed.GetValue(Name), hasVariants: variants[0].Name.Length > 0),
            new SourceSettings { Frames = parsed.GetValue(Frames), OnWarning = parsed.GetValue(OnWarning) },
            isInPlace);
        return new ProcessOptions(plan, parsed.GetValue(DryRun), ReadMaxFailures(parsed));
    }

    private static int? ReadMaxFailures(ParseResult parsed) => parsed.GetValue(FailFast)
        ? 1
        : parsed.GetValue(MaxFailuresOption) is { } most ? CommonOptions.RequireRange(MaxFailuresOption.Name, most, 1, int.MaxValue) : null;
}
