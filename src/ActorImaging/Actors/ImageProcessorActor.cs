using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Dispatch;

namespace ActorImaging.Actors;

/// <summary>
/// Does one image task at a time, synchronously, on a thread of the imaging dispatcher. It handles no failure: whatever is thrown
/// restarts it, and on the way out it reports the task in flight.
/// </summary>
/// <remarks>Its mailbox lets <see cref="DropBatch"/> overtake the tasks that round-robin distribution has queued there.</remarks>
internal sealed class ImageProcessorActor : ReceiveActor, IRequiresMessageQueue<IOvertakingSemantics>
{
    private readonly IActorRef _supervisor;
    private readonly ProcessImageTask _process;
    private readonly HashSet<BatchId> _dropped = [];

    /// <summary>Creates a processor.</summary>
    /// <param name="supervisor">Who is told what becomes of the tasks.</param>
    /// <param name="process">Does a task.</param>
    public ImageProcessorActor(IActorRef supervisor, ProcessImageTask process)
    {
        _supervisor = supervisor;
        _process = process;
        Receive<ProcessTask>(HandleProcessTask);
        Receive<DropBatch>(HandleDropBatch);
    }

    /// <summary>Says that it is free. Runs after a restart, too.</summary>
    protected override void PreStart() => _supervisor.Tell(new ProcessorStarted(), Self);

    /// <summary>Reports the task in flight, which the restart would otherwise lose.</summary>
    /// <param name="reason">What was thrown; null when a sibling's failure was escalated.</param>
    /// <param name="message">The message in hand; null likewise.</param>
    protected override void PreRestart(Exception reason, object message)
    {
        if (reason is not null && message is ProcessTask assigned)
        {
            _supervisor.Tell(new TaskCrashed(assigned, FailureClassifier.Classify(reason, assigned.Task)), Self);
        }

        base.PreRestart(reason, message);
    }

    private void HandleProcessTask(ProcessTask assigned)
    {
        if (_dropped.Contains(assigned.Batch))
        {
            _supervisor.Tell(new TaskDropped(assigned), Self);
            return;
        }

        _supervisor.Tell(new TaskStarted(assigned), Self);
        var outcome = _process(assigned.Task);
        _supervisor.Tell(new TaskProcessed(assigned, outcome), Self);
    }

    private void HandleDropBatch(DropBatch drop) => _dropped.Add(drop.Batch);
}
