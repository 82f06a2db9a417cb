using System.Globalization;
using ActorImaging.Fuzz;

// dotnet run -c Release --project tests/ActorImaging.Fuzz -- [SECONDS] [SEED]: damaged files of every format through the whole pipeline.
// Ends with 0 when each ended in one of the stated ways, and with 1 when one did not; those lie in artifacts/fuzz then, as they were given.
// -- FILE [SEED]: one of those again, in a thousand ways.
const int DefaultSeconds = 60;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.TickCount;
if (args.Length > 0 && File.Exists(args[0]))
{
    return FuzzRun.Again(File.ReadAllBytes(args[0]), seed, Console.Out) ? 0 : 1;
}

var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultSeconds;
var run = new FuzzRun(TimeSpan.FromSeconds(seconds), seed);
return run.Execute(Console.Out) ? 0 : 1;
