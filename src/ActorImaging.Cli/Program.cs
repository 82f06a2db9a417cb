using System.CommandLine;
using ActorImaging.Cli;

// No file of arguments stands behind an @: patterns bring in other people's names, and theirs may begin with one
var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
return await CommandLine.CreateRoot().Parse(args, configuration).RunAsync();
