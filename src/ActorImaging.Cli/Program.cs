using System.CommandLine;
using ActorImaging.Cli;
using ActorImaging.Cli.Reporting;
using ActorImaging.Cli.Streams;

if (!OpenFileLimit.IsEnough())
{
    return ExitCode.Usage;
}

using var stop = new StopSignals();
Terminal.Take();

// No file of arguments stands behind an @: patterns bring in other people's names, and theirs may begin with one
var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
return await CommandLine.CreateRoot(stop).Parse(args, configuration).RunAsync();
