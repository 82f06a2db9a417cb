using ActorImaging.Fuzz;
using ActorImaging.Imaging;

// dotnet run -c Release --project tests/ActorImaging.Fuzz -- [SECONDS] [SEED]: damaged files of every format through the whole pipeline.
// Ends with 0 when each ended in one of the stated ways, and with 1 when one did not; those lie in artifacts/fuzz then, as they were given.
// -- FILE [SEED]: one of those again, in a thousand ways.
// --format jpeg: of one format alone; JPEGs are read both ways, and none may take more than a second.
// --executions 1000000: no more files than that. --guards: whoever writes behind native memory is found.
var options = FuzzOptions.Parse(args);
NativePixelPool.IsGuarded = options.AreWritesGuarded;
if (options.Again is { } path)
{
    return FuzzRun.Again(File.ReadAllBytes(path), options, Console.Out) ? 0 : 1;
}

return new FuzzRun(options).Execute(Console.Out) ? 0 : 1;
