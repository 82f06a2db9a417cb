using ActorImaging.Cli;

return await CommandLine.CreateRoot().Parse(args).RunAsync();
