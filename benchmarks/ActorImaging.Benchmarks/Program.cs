using ActorImaging.Benchmarks;
using BenchmarkDotNet.Running;

if (args.Length == 0)
{
    await ActorOverhead.RunAsync();
}
else if (args is ["--scale"])
{
    await ActorScale.RunAsync();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(ActorOverhead).Assembly).Run(args);
}
