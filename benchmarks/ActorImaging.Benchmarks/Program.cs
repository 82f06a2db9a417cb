using ActorImaging.Benchmarks;
using BenchmarkDotNet.Running;

if (args.Length == 0)
{
    await ActorOverhead.RunAsync();
}
else if (args is ["--soak", var batches])
{
    await Soak.RunAsync(int.Parse(batches, System.Globalization.CultureInfo.InvariantCulture));
}
else if (args is ["--scale"])
{
    await ActorScale.RunAsync();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(ActorOverhead).Assembly).Run(args);
}
