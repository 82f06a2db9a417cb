using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ActorImaging.Cli;

/// <summary>The usual help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["bench"] =
        [
            "actor-imaging bench                                      the article's experiment: 4 images x 6 operations",
            "actor-imaging bench --input ~/photos --operations blur:3,resize:800x600+sharpen",
            "actor-imaging bench --processors 8 --rounds 5 --json > bench.json",
            "actor-imaging bench --config hocon/dispatchers/shared-pool.conf",
            "actor-imaging bench --set actor-imaging.engine=magick",
        ],
        ["process"] =
        [
            "actor-imaging process photos --out small --op resize:1600x1600@inside --format jpg",
            "actor-imaging process 'photos/**/*.jpg' --out web --variant large=resize:1600x --variant thumb=resize:200x200@cover,format=webp",
            "find . -name '*.png' -print0 | actor-imaging process --from-file - --in-place --png small --overwrite smaller",
            "actor-imaging process photos --recursive --out web --plan web.json --job-log web.log --resume",
            "actor-imaging process photos --recursive --out out --op grayscale --dry-run",
        ],
        ["generate"] =
        [
            "actor-imaging generate --out images                      crimson, ocean, forest, sunset: 4000x3000",
            "actor-imaging generate --out images --images 8 --size 1920x1080",
        ],
    };

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var lines))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines)
            {
                output.WriteLine($"  {line}");
            }
        }

        return result;
    }
}
