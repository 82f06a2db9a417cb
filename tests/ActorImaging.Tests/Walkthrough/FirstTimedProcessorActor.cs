using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Walkthrough;

/// <summary>The processor with the first attempt at docs/testing.md's change, which forgets that a crash leaves the handler.</summary>
internal sealed class FirstTimedProcessorActor : ReceiveActor
{
    private readonly IActorRef _supervisor;
    private readonly ProcessImageTask _process;
    private readonly TaskPermits _permits;

    public FirstTimedProcessorActor(IActorRef supervisor, ProcessImageTask process, TaskPermits permits)
    {
        _supervisor = supervisor;
        _process = process;
        _permits = permits;
        Receive<ProcessTask>(HandleProcessTask);
    }

    protected override void PreStart() => _supervisor.Tell(new ProcessorStarted(Guid.NewGuid()), Self);

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
        var answer = Do(assigned, permit);
        _supervisor.Tell(new TaskTook(assigned, permit.Elapsed), Self);
        _supervisor.Tell(answer, Self);
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
