using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Routing;

namespace ActorImaging.Actors;

/// <summary>
/// The processors of one supervisor: who is free, what each has in hand, and the router that owns them. Keeps the pool at its size: a
/// processor that is gone is replaced, and so is the router. Part of the supervisor, used from its message handlers alone.
/// </summary>
internal sealed class ProcessorPool
{
    /// <summary>The router's name below the supervisor; the configuration's deployment section speaks of it.</summary>
    public const string RouterName = "processors";

    /// <summary>Failed starts in a row after which the pool gives up until it is opened anew.</summary>
    public const int MaxFailedStarts = 10;

    private readonly IActorContext _context;
    private readonly Props _router;
    private readonly Dictionary<IActorRef, ProcessTask?> _inHand = [];
    private IActorRef? _processors;
    private int _failedStarts;
    private string _lastFault = "the router of the processors stopped";

    public ProcessorPool(IActorContext context, Props processor)
    {
        _context = context;
        _router = processor.WithRouter(FromConfig.Instance.WithSupervisorStrategy(RestartFailedProcessors(context.Self)));
    }

    /// <summary>Why the pool gave up; null while it has not.</summary>
    public string? UnavailableReason { get; private set; }

    /// <summary>Whether tasks can be pushed through the router.</summary>
    public bool IsOpen => _processors is not null;

    /// <summary>The processors that are there.</summary>
    public IReadOnlyCollection<IActorRef> Processors => _inHand.Keys;

    /// <summary>Makes the router and its processors, unless they are there.</summary>
    public void Open()
    {
        if (_processors is null)
        {
            UnavailableReason = null;
            _failedStarts = 0;
            CreateRouter();
        }
    }

    /// <summary>A processor is there and free, new or restarted.</summary>
    public void Started(IActorRef processor)
    {
        _failedStarts = 0;
        if (!_inHand.ContainsKey(processor))
        {
            _context.Watch(processor);
        }

        _inHand[processor] = null;
    }

    /// <summary>A processor has begun a task.</summary>
    public void Begun(IActorRef processor, ProcessTask assigned)
    {
        if (_inHand.ContainsKey(processor))
        {
            _inHand[processor] = assigned;
        }
    }

    /// <summary>A processor has done with a task.</summary>
    public void Finished(IActorRef processor, ProcessTask assigned)
    {
        if (_inHand.TryGetValue(processor, out var inHand) && inHand?.Assignment == assigned.Assignment)
        {
            _inHand[processor] = null;
        }
    }

    /// <summary>Finds a processor that has nothing in hand.</summary>
    public bool TryGetFree([NotNullWhen(true)] out IActorRef? processor)
    {
        processor = _inHand.FirstOrDefault(pair => pair.Value is null).Key;
        return processor is not null;
    }

    /// <summary>Gives a task to a processor.</summary>
    public void Assign(IActorRef processor, ProcessTask assigned)
    {
        _inHand[processor] = assigned;
        processor.Tell(assigned);
    }

    /// <summary>Sends a task through the router.</summary>
    public void Push(ProcessTask assigned) => _processors.Tell(assigned);

    /// <summary>Takes note that a processor, or the router, is gone, and has it replaced.</summary>
    /// <returns>The task that the processor had in hand, if any.</returns>
    public ProcessTask? Gone(IActorRef actor)
    {
        if (actor.Equals(_processors))
        {
            _processors = null;
            ReplaceRouter();
            return null;
        }

        if (_inHand.Remove(actor, out var inHand))
        {
            AddProcessor();
        }

        return inHand;
    }

    /// <summary>Takes note that a processor could not be made, and tries another unless too many failed in a row.</summary>
    public void FailedToStart(IActorRef processor, string reason)
    {
        _failedStarts++;
        _lastFault = reason;
        if (_failedStarts >= MaxFailedStarts)
        {
            GiveUp();
        }
        else if (!_inHand.ContainsKey(processor))
        {
            AddProcessor(); // one that was there before is replaced when its end is noticed
        }
    }

    private void CreateRouter() => _processors = _context.Watch(_context.ActorOf(_router, RouterName));

    private void ReplaceRouter()
    {
        _failedStarts++;
        if (UnavailableReason is null && _failedStarts < MaxFailedStarts)
        {
            CreateRouter();
        }
        else
        {
            GiveUp();
        }
    }

    private void AddProcessor() => _processors?.Tell(new AdjustPoolSize(1));

    private void GiveUp()
    {
        UnavailableReason ??= FormattableString.Invariant($"{_failedStarts} starts in a row failed, the last with: {_lastFault}");
        if (_processors is not null)
        {
            _context.Stop(_processors);
        }
    }

    private static OneForOneStrategy RestartFailedProcessors(IActorRef supervisor) => new(
        maxNrOfRetries: -1, // no limit: what may fail how often is counted for each task, by the supervisor
        withinTimeMilliseconds: -1,
        loggingEnabled: false, // the supervisor logs with the task's name
        localOnlyDecider: fault =>
        {
            switch (fault)
            {
                case ActorInitializationException start:
                    supervisor.Tell(new ProcessorFailedToStart(start.Actor, (start.InnerException ?? start).GetBaseException().Message));
                    return Directive.Stop;
                case ActorKilledException:
                    return Directive.Stop;
                default:
                    return Directive.Restart;
            }
        });
}
