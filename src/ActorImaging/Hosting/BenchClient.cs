using System.Threading.Channels;
using ActorImaging.Actors;
using ActorImaging.Actors.Bench;
using Akka.Actor;
using Akka.Hosting;

namespace ActorImaging.Hosting;

/// <summary>Runs comparisons on the bench of this process, one at a time.</summary>
/// <param name="system">The actor system.</param>
/// <param name="bench">The bench.</param>
internal sealed class BenchClient(ActorSystem system, IRequiredActor<BenchActor> bench)
{
    /// <summary>Runs a comparison to its end.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="onProgress">Is told of each task that is done.</param>
    /// <param name="cancellation">Stops the comparison once the tasks in flight are done.</param>
    /// <returns>What was found, or why there is no result.</returns>
    /// <exception cref="InvalidOperationException">The bench stopped before it had answered.</exception>
    public async Task<BenchEvent> RunAsync(BenchPlan plan, Action<BenchProgressed> onProgress, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var events = Channel.CreateUnbounded<BenchEvent>();
        var actor = await bench.GetAsync(CancellationToken.None).ConfigureAwait(false);
        var listener = system.ActorOf(Props.Create<ListenerActor<BenchEvent>>(actor, events.Writer));
        try
        {
            actor.Tell(new RunBench(id, plan), listener);
            await using var cancel = cancellation.Register(() => actor.Tell(new CancelBench(id), listener)).ConfigureAwait(false);
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (happened is not BenchProgressed progressed)
                {
                    return happened;
                }

                onProgress(progressed);
            }

            throw new InvalidOperationException("the actor system stopped before the bench had answered");
        }
        finally
        {
            system.Stop(listener);
        }
    }
}
