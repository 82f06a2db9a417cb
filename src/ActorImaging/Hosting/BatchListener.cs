using System.Collections.Concurrent;
using System.Threading.Channels;
using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Hosting;

/// <summary>
/// Stands for a client inside the actor system: passes on what the supervisor says to the run of each batch, has the runs look after their
/// batches from time to time, and ends all of them when the supervisor is gone, so that nobody waits for ever.
/// </summary>
internal sealed class BatchListener : UntypedActor, IWithTimers
{
    private const int ChecksWithinPatience = 5;

    private readonly ConcurrentDictionary<BatchId, BatchRun> _runs;
    private readonly TimeSpan _quiet;
    private string? _gone;

    /// <summary>Creates a listener.</summary>
    /// <param name="supervisor">Whom it listens to.</param>
    /// <param name="runs">The runs of the client; they come and go.</param>
    /// <param name="patience">How long the supervisor may take to answer.</param>
    public BatchListener(IActorRef supervisor, ConcurrentDictionary<BatchId, BatchRun> runs, TimeSpan patience)
    {
        _runs = runs;
        _quiet = patience / ChecksWithinPatience;
        Context.Watch(supervisor);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Check), new Check(), _quiet);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BatchEvent heard:
                if (_runs.TryGetValue(heard.Batch, out var run))
                {
                    run.Hear(heard);
                }

                break;
            case Check:
                CheckAll();
                break;
            case Terminated stopped:
                EndAll(_gone = $"{stopped.ActorRef.Path} stopped before it had answered");
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => EndAll("the actor system stopped before the batch was answered");

    private void CheckAll()
    {
        if (_gone is not null)
        {
            EndAll(_gone);
        }

        foreach (var run in _runs.Values)
        {
            run.Check(_quiet);
        }
    }

    private void EndAll(string reason)
    {
        foreach (var run in _runs.Values)
        {
            run.Break(new InvalidOperationException(reason));
        }
    }

    private sealed record Check;
}
