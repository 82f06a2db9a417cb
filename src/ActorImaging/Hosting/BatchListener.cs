using ActorImaging.Actors;
using Akka.Actor;

namespace ActorImaging.Hosting;

/// <summary>
/// Stands for a client inside the actor system: passes on what the supervisor says to the run of each batch, has the runs look after their
/// batches from time to time, and ends all of them when the supervisor is gone, so that nobody waits for ever.
/// </summary>
internal sealed class BatchListener : UntypedActor, IWithTimers
{
    private const int ChecksWithinPatience = 5;

    private readonly ClientRuns _runs;
    private readonly TimeSpan _quiet;

    /// <summary>Creates a listener.</summary>
    /// <param name="supervisor">Whom it listens to.</param>
    /// <param name="runs">The runs of the client; they come and go.</param>
    /// <param name="patience">How long the supervisor may take to answer.</param>
    public BatchListener(IActorRef supervisor, ClientRuns runs, TimeSpan patience)
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
                _runs.Find(heard.Batch)?.Hear(heard);
                break;
            case Check:
                _runs.Check(_quiet);
                break;
            case Terminated stopped:
                _runs.End($"{stopped.ActorRef.Path} stopped before it had answered");
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => _runs.End("the actor system stopped before the batch was answered");

    private sealed record Check;
}
