using System.CommandLine;
using ActorImaging.Cli.Reporting;
using ActorImaging.Imaging;

namespace ActorImaging.Cli.Commands;

/// <summary><c>actor-imaging generate</c>: writes the article's source pictures.</summary>
internal static class GenerateCommand
{
    public const int DefaultCount = 4;
    public const int MaxCount = 1000;
    public const string DefaultSize = "4000x3000";

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "The folder to write to; made when it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("images"),
    };

    private static readonly Option<int> Images = new("--images")
    {
        Description = "How many: crimson, ocean, forest, sunset, crimson-2, ...",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultCount,
    };

    private static readonly Option<string> Size = new("--size")
    {
        Description = "Their size in pixels.",
        HelpName = "WxH",
        DefaultValueFactory = _ => DefaultSize,
    };

    public static Command Create(StopSignals stop)
    {
        var command = new Command("generate", "Writes source images: PNGs of tinted noise, the same pixels on every machine. Those that are there are reused.")
        {
            Out,
            Images,
            Size,
        };
        command.SetAction(parsed => Run(parsed, stop));
        return command;
    }

    private static int Run(ParseResult parsed, StopSignals stop)
    {
        var (width, height) = CommonOptions.ParseSize(Size.Name, parsed.GetValue(Size)!);
        var count = CommonOptions.RequireRange(Images.Name, parsed.GetValue(Images), 1, MaxCount);
        var images = new SourceImages(parsed.GetValue(Out)!.ToString(), width, height);
        stop.Begin();
        try
        {
            foreach (var spec in SourceImageSpec.First(count))
            {
                if (stop.Token.IsCancellationRequested)
                {
                    return ExitCode.Cancelled;
                }

                var (path, isReused) = images.Ensure(spec);
                Terminal.OutWriter.WriteLine($"{path}{(isReused ? " (was there)" : "")}");
            }

            return ExitCode.Done;
        }
        catch (ImageOutputException fault)
        {
            Terminal.ErrorWriter.WriteLine($"error: {fault.Message}");
            return ExitCode.Failed;
        }
    }
}
