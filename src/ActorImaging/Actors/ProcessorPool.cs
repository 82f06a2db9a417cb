using ActorImaging.Imaging;
using Akka.Actor;
using Akka.Routing;

namespace ActorImaging.Actors;

/// <summary>
/// The processors of one supervisor: who is free, what each has in hand, and the router that owns, places and restarts them. Each place is filled by
/// one processor; one that is gone, or given up on, is replaced, and so is the router, with which all of its processors go. Part of the supervisor,
/// used from its message handlers alone.
/// </summary>
internal sealed class ProcessorPool
{
    /// <summary>The router's name below the supervisor; the configuration's deployment section speaks of it.</summary>
    public const string RouterName = "processors";

    /// <summary>Failed starts in a row after which a pool without any processor gives up until it is opened anew.</summary>
    public const int MaxFailedStarts = 10;

    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    private readonly IActorContext _context;
    private readonly Props _processor;
    private readonly SupervisorStrategy _strategy;
    private readonly Processor?[] _slots;
    private readonly Dictionary<IActorRef, Processor> _known = [];
    private readonly List<Processor> _free = [];
    private readonly Queue<Processor> _spare = [];
    private IActorRef? _router;
    private int _ordered;
    private TimeSpan _orderedAt;
    private int _failedStarts;
    private TimeSpan _notBefore;
    private string _lastFault = "the router of the processors stopped";

    /// <summary>Creates a pool without processors.</summary>
    /// <param name="context">The supervisor's context.</param>
    /// <param name="processor">Describes one.</param>
    /// <param name="abandoned">Processors that an earlier pool gave up on, and that have not come back.</param>
    public ProcessorPool(IActorContext context, Props processor, IEnumerable<Processor> abandoned)
    {
        _context = context;
        _processor = processor;
        _strategy = RestartFailedProcessors(context.Self);
        var pool = (Pool)((ExtendedActorSystem)context.System).Provider.Deployer.Lookup(context.Self.Path / RouterName).RouterConfig;
        _slots = new Processor?[pool.NrOfInstances];
        foreach (var lost in abandoned)
        {
            _known.Add(lost.Actor, lost);
            AbandonedCount++;
        }
    }

    /// <summary>Processors that there should be.</summary>
    public int Size => _slots.Length;

    /// <summary>Processors that are in their places.</summary>
    public int ReadyCount { get; private set; }

    /// <summary>Processors that were given up on and have not come back.</summary>
    public int AbandonedCount { get; private set; }

    /// <summary>The processors that were given up on and have not come back.</summary>
    public IEnumerable<Processor> Abandoned => _known.Values.Where(processor => processor.IsAbandoned);

    /// <summary>Why the pool gave up; null while it has not.</summary>
    public string? UnavailableReason { get; private set; }

    /// <summary>Why no new work should be taken, where too many processors were given up on; null while it should.</summary>
    public string? Impairment => AbandonedCount <= Math.Max(1, Size / 2) ? null : FormattableString.Invariant(
        $"{AbandonedCount} processors are in native calls that do not return, where {Size} do the work: restart the process");

    /// <summary>Whether something is to be looked after before long.</summary>
    public bool NeedsAttention => UnavailableReason is null && (_ordered > 0 || Vacancies > 0 || _free.Count < ReadyCount);

    /// <summary>Processors in their places that have nothing in hand. Changes when one is given something.</summary>
    public IReadOnlyList<Processor> Free => _free;

    /// <summary>Processors in their places that have something in hand.</summary>
    public IEnumerable<Processor> Busy => _slots.OfType<Processor>().Where(processor => processor.InHand is not null);

    private int Vacancies => Size - ReadyCount - _ordered;

    /// <summary>Takes heart again after it gave up.</summary>
    public void Reopen()
    {
        if (UnavailableReason is not null)
        {
            (UnavailableReason, _failedStarts, _notBefore) = (null, 0, TimeSpan.Zero);
        }
    }

    /// <summary>Orders the processors that are lacking.</summary>
    /// <param name="now">The time.</param>
    public void Refill(TimeSpan now)
    {
        while (ReadyCount < Size && _spare.TryDequeue(out var spare))
        {
            Place(spare, Array.IndexOf(_slots, null));
        }

        if (_ordered > 0 && now - _orderedAt > StartPatience)
        {
            (_router, _ordered) = (null, 0); // it is being stopped, and waits for a processor that does not end
        }

        if (Vacancies is var lacking and > 0 && now >= _notBefore && UnavailableReason is null)
        {
            (_ordered, _orderedAt) = (_ordered + Order(lacking), now);
        }
    }

    /// <summary>A processor has started, for the first time or again.</summary>
    /// <returns>What it had in hand before, and will not answer any more.</returns>
    public ProcessTask? Started(IActorRef actor, Guid incarnation)
    {
        if (!_known.TryGetValue(actor, out var processor))
        {
            _context.Watch(actor);
            _known.Add(actor, processor = new Processor(actor));
            _ordered -= IsOrdered(actor) ? 1 : 0;
        }
        else if (processor.Incarnation == incarnation)
        {
            return null; // the message of one start, a second time
        }

        processor.Incarnation = incarnation;
        (UnavailableReason, _failedStarts) = (null, 0);
        var lost = processor.InHand?.Assigned;
        SetFree(processor);
        return lost;
    }

    /// <summary>Gives a task to a processor that is free.</summary>
    public void Assign(Processor processor, ProcessTask assigned, TaskPermit permit)
    {
        processor.InHand = (assigned, permit);
        _free.Remove(processor);
        processor.Actor.Tell(assigned);
    }

    /// <summary>A processor has answered, and is free if it is this that it had in hand.</summary>
    public void Finished(IActorRef actor, ProcessTask assigned)
    {
        if (_known.TryGetValue(actor, out var processor) && processor.InHand?.Assigned.Assignment == assigned.Assignment)
        {
            SetFree(processor);
        }
    }

    /// <summary>Gives a processor up: it does not answer in time. What it does when it comes back is decided then.</summary>
    public void Abandon(Processor processor)
    {
        Vacate(processor);
        processor.IsAbandoned = true;
        AbandonedCount++;
    }

    /// <summary>
    /// A processor, or the router, is gone. Of the end of a router it may be heard before that of its processors, which ended before it.
    /// </summary>
    /// <returns>The tasks that were in hand.</returns>
    public IReadOnlyList<ProcessTask> Gone(IActorRef actor)
    {
        if (!actor.Equals(_router))
        {
            return Remove([actor]);
        }

        (_router, _ordered) = (null, 0);
        return Remove(_known.Keys.Where(processor => IsOf(actor, processor)));
    }

    /// <summary>A processor could not be made. A pool that has no other gives up after some in a row.</summary>
    public void FailedToStart(IActorRef actor, string reason, TimeSpan now)
    {
        if (!_known.ContainsKey(actor) && IsOrdered(actor))
        {
            _ordered--; // one that was there before is replaced when its end is noticed
        }

        _failedStarts++;
        _lastFault = reason;
        _notBefore = now + DelayAfterFailure;
        if (_failedStarts >= MaxFailedStarts && ReadyCount == 0)
        {
            UnavailableReason = FormattableString.Invariant($"{_failedStarts} starts in a row failed, the last with: {_lastFault}");
        }
    }

    /// <summary>Stops routers that an earlier incarnation of the supervisor left: their processors may be in the middle of something.</summary>
    public void StopEarlier()
    {
        foreach (var router in _context.GetChildren())
        {
            _context.Stop(router);
        }
    }

    /// <summary>Whether an actor is one that is waited for. One of a router that is gone ends with it, and of one that was given up on is to spare.</summary>
    private bool IsOrdered(IActorRef actor) => _ordered > 0 && _router is not null && IsOf(_router, actor);

    private static bool IsOf(IActorRef router, IActorRef processor) => ((IInternalActorRef)processor).Parent.Equals(router);

    private List<ProcessTask> Remove(IEnumerable<IActorRef> actors)
    {
        var inHand = new List<ProcessTask>();
        foreach (var actor in actors.ToList())
        {
            if (_known.Remove(actor, out var gone))
            {
                Vacate(gone);
                AbandonedCount -= gone.IsAbandoned ? 1 : 0;
                inHand.AddRange(gone.InHand is { } hand ? [hand.Assigned] : []);
            }
        }

        return inHand;
    }

    private void SetFree(Processor processor)
    {
        processor.InHand = null;
        processor.GivenUpAt = null;
        if (processor.IsAbandoned)
        {
            processor.IsAbandoned = false;
            AbandonedCount--;
        }

        if (processor.Slot is not null)
        {
            NoteFree(processor);
        }
        else if (Array.IndexOf(_slots, null) is var slot and >= 0)
        {
            Place(processor, slot);
        }
        else if (!_spare.Contains(processor))
        {
            _spare.Enqueue(processor);
        }
    }

    private void NoteFree(Processor processor)
    {
        if (!_free.Contains(processor))
        {
            _free.Add(processor);
        }
    }

    private void Place(Processor processor, int slot)
    {
        if (_known.ContainsKey(processor.Actor)) // one to spare may be gone meanwhile
        {
            processor.Slot = slot;
            _slots[slot] = processor;
            ReadyCount++;
            NoteFree(processor);
        }
    }

    private void Vacate(Processor processor)
    {
        if (processor.Slot is { } slot)
        {
            _slots[slot] = null;
            processor.Slot = null;
            ReadyCount--;
            _free.Remove(processor);
        }
    }

    /// <returns>How many will come: a router by the configuration comes with all that there should be.</returns>
    private int Order(int count)
    {
        if (_router is not null)
        {
            _router.Tell(new AdjustPoolSize(count));
            return count;
        }

        var isNameFree = _context.Child(RouterName).IsNobody();
        _router = _context.Watch(isNameFree
            ? _context.ActorOf(_processor.WithRouter(FromConfig.Instance.WithSupervisorStrategy(_strategy)), RouterName)
            : CreateFurtherRouter(count));
        return isNameFree ? Size : count;
    }

    /// <summary>A router whose processor does not end keeps its name: the next one goes by another, and by the same configuration.</summary>
    private IActorRef CreateFurtherRouter(int count)
    {
        var path = _context.Self.Path / RouterName;
        var dispatcher = _context.System.Settings.Config.GetString($"akka.actor.deployment./{string.Join('/', path.Elements.Skip(1))}.pool-dispatcher");
        var router = new RoundRobinPool(count, resizer: null, _strategy, routerDispatcher: null);
        return _context.ActorOf(_processor.WithDispatcher(dispatcher).WithRouter(router), FormattableString.Invariant($"{RouterName}-{Guid.NewGuid():N}"));
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
