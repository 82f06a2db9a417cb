using ActorImaging.Benchmarks;

await ActorOverhead.RunAsync();
