using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>
/// Does one image task at a time, synchronously, on a thread of the imaging dispatcher. A failure that is foreseen is an answer; what nobody
/// foresaw restarts it, and on the way out it reports the task in flight.
/// </summary>
internal sealed class ImageProcessorActor : ReceiveActor
{
    private readonly IActorRef _supervisor;
    private readonly ProcessImageTask _process;
    private readonly TaskPermits _permits;

    /// <summary>Creates a processor.</summary>
    /// <param name="supervisor">Who is told what becomes of the tasks.</param>
    /// <param name="process">Does a task.</param>
    /// <param name="permits">Which assignments may be gone on with.</param>
    public ImageProcessorActor(IActorRef supervisor, ProcessImageTask process, TaskPermits permits)
    {
        _supervisor = supervisor;
        _process = process;
        _permits = permits;
        Receive<ProcessTask>(HandleProcessTask);
    }

    /// <summary>Says that it is free. Runs after a restart, too.</summary>
    protected override void PreStart() => _supervisor.Tell(new ProcessorStarted(Guid.NewGuid()), Self);

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
        if (_permits.Find(assigned.Assignment) is not { } permit)
        {
            _supervisor.Tell(new TaskFailed(assigned, new TaskFailure(FailureKind.Withdrawn, "was withdrawn before it was begun")), Self);
            return;
        }

        permit.Start();
        _supervisor.Tell(new TaskStarted(assigned), Self);
        _supervisor.Tell(Do(assigned, permit), Self);
    }

    private ProcessorAnswer Do(ProcessTask assigned, TaskPermit permit)
    {
        try
        {
            return new TaskProcessed(assigned, _process(assigned.Task, permit));
        }
        catch (Exception fault) when (FailureClassifier.Classify(fault, assigned.Task) is { Kind: not FailureKind.Unexpected } failure)
        {
            return new TaskFailed(assigned, failure);
        }
    }
}
