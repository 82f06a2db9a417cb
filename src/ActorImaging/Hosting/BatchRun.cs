using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Hosting;

/// <summary>
/// The client's side of one batch: hands in tasks while the window has room, those of a source together, and yields what happens to them. A place in
/// the window is free again when the result has been taken: so a slow reader or a slow processor holds the source of tasks back.
/// </summary>
/// <param name="supervisor">Who does the batch.</param>
/// <param name="listener">Who hears of it.</param>
/// <param name="options">How it is run.</param>
/// <param name="patience">How long the supervisor may take to answer.</param>
internal sealed class BatchRun(IActorRef supervisor, IActorRef listener, BatchOptions options, TimeSpan patience) : IAsyncDisposable
{
    private const int MostTasksOfAGroup = 64;

    /// <summary>How long the caller's sequence has to notice that no more is wanted; one that does not is left alone.</summary>
    private static readonly TimeSpan FeedingGrace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _feedingStop = new();
    private readonly Channel<BatchEvent> _events = Channel.CreateUnbounded<BatchEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HandedInTasks _handedIn = new();
    private readonly Lock _handing = new();
    private SemaphoreSlim? _window;
    private Task _feeding = Task.CompletedTask;
    private ExceptionDispatchInfo? _fault;
    private bool _areAllHandedIn;
    private long _heardTimestamp = Stopwatch.GetTimestamp();

    /// <summary>The batch.</summary>
    public BatchId Batch { get; } = BatchId.Create();

    /// <summary>Ends when whoever reads the events has taken the last one, or has left.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Runs the batch, from its start to its end.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="cancellation">Cancels the batch.</param>
    public async IAsyncEnumerable<BatchEvent> EventsAsync(IAsyncEnumerable<ImageTask> tasks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        supervisor.Tell(new StartBatch(Batch, options.Distribution, options.MostTasks), listener);
        await using var cancel = cancellation.Register(Cancel).ConfigureAwait(false); // after that: who is cancelled already cancels at once, and a batch that is not open can't be
        var started = await ReadStartAsync().ConfigureAwait(false);
        _window = new SemaphoreSlim(started.WindowTasks);
        _feeding = Task.Run(() => FeedAsync(tasks, started.WindowTasks), CancellationToken.None);
        await foreach (var heard in _events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (heard is TaskBegun)
            {
                yield return heard;
                continue;
            }

            foreach (var ended in EndedBy(heard))
            {
                yield return ended;
                _window.Release();
            }

            if (heard is BatchEnded or BatchUnknown)
            {
                _fault?.Throw();
                yield break;
            }
        }
    }

    /// <summary>Takes in what the supervisor says. Thread-safe.</summary>
    public void Hear(BatchEvent heard)
    {
        Volatile.Write(ref _heardTimestamp, Stopwatch.GetTimestamp());
        _events.Writer.TryWrite(heard); // unbounded: how much is said is bounded by the window
    }

    /// <summary>Nothing more will be heard.</summary>
    public void Break(Exception fault) => _events.Writer.TryComplete(fault);

    /// <summary>Asks after the batch when nothing was heard for a while. Whatever was lost on the way comes out by that.</summary>
    /// <param name="quiet">What counts as a while.</param>
    public void Check(TimeSpan quiet)
    {
        var silence = Stopwatch.GetElapsedTime(Volatile.Read(ref _heardTimestamp));
        if (silence > patience + quiet)
        {
            Break(new TimeoutException(FormattableString.Invariant($"the supervisor did not answer within {patience.TotalSeconds} s (actor-imaging.answer-timeout)")));
        }
        else if (silence > quiet && _window is not null)
        {
            lock (_handing)
            {
                TellWhenAllAreHandedIn();
                supervisor.Tell(new CheckBatch(Batch, _handedIn.Count), listener);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cancel(); // whoever reads has left, or all has ended: then there is nobody who hears this
        _ended.TrySetResult();
        await Task.WhenAny(_feeding, Task.Delay(FeedingGrace)).ConfigureAwait(false);
        if (_feeding.IsCompleted)
        {
            _window?.Dispose();
            _feedingStop.Dispose();
        }
    }

    private async Task<BatchStarted> ReadStartAsync() => await ReadFirstAsync().ConfigureAwait(false) switch
    {
        BatchStarted started => started,
        BatchRefused refused => throw new ImagingRefusedException(refused.Cause, $"the batch was refused: {refused.Reason}", refused.RetryAfter),
        var other => throw new InvalidOperationException($"expected the start of a batch, but received {other}"),
    };

    /// <summary>What breaks a run comes out as it is, which <c>ReadAsync</c> would wrap.</summary>
    private async Task<BatchEvent?> ReadFirstAsync() =>
        await _events.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false) && _events.Reader.TryRead(out var first) ? first : null;

    private void Cancel()
    {
        _feedingStop.Cancel();
        lock (_handing)
        {
            supervisor.Tell(new CancelBatch(Batch, options.CancelGrace), listener);
            _areAllHandedIn = true;
            TellWhenAllAreHandedIn();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever the caller's sequence throws is thrown to the caller")]
    private async Task FeedAsync(IAsyncEnumerable<ImageTask> tasks, int windowTasks)
    {
        try
        {
            await foreach (var group in tasks.BySourceAsync(Math.Min(windowTasks, MostTasksOfAGroup), _feedingStop.Token).ConfigureAwait(false))
            {
                for (var task = 0; task < group.Length; task++)
                {
                    await _window!.WaitAsync(_feedingStop.Token).ConfigureAwait(false);
                }

                HandIn(group);
            }

            HandIn([], areAll: true);
        }
        catch (OperationCanceledException) when (_feedingStop.IsCancellationRequested)
        {
            // The batch was cancelled: what was not handed in is not part of it.
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            Cancel();
        }
    }

    private void HandIn(ImmutableArray<ImageTask> group, bool areAll = false)
    {
        lock (_handing)
        {
            if (_areAllHandedIn)
            {
                return; // it was cancelled meanwhile
            }

            if (!group.IsEmpty)
            {
                supervisor.Tell(new AddTasks(Batch, _handedIn.Count, group), listener);
                _handedIn.Add(group);
            }

            _areAllHandedIn = areAll;
            TellWhenAllAreHandedIn();
        }
    }

    private void TellWhenAllAreHandedIn()
    {
        if (_areAllHandedIn)
        {
            supervisor.Tell(new EndOfTasks(Batch, _handedIn.Count), listener);
        }
    }

    /// <summary>Which of the tasks that this side knows of have ended by an event: each ends once.</summary>
    private IReadOnlyCollection<TaskEnded> EndedBy(BatchEvent heard)
    {
        lock (_handing)
        {
            return heard switch
            {
                TaskEnded ended => _handedIn.TryEnd(ended.Result) ? [ended] : [],
                TasksLost lost => [.. _handedIn.TakeLost(lost.First, lost.Count).Select(Lost)],
                BatchChecked { Open: 0 } known => [.. _handedIn.TakeBefore(known.Arrived).Select(Lost)],
                BatchEnded ended => [.. _handedIn.TakeFrom(ended.Arrived).Select(NotBegun), .. _handedIn.TakeAll().Select(Lost)],
                BatchUnknown => [.. _handedIn.TakeAll().Select(Lost)],
                _ => [],
            };
        }
    }

    private TaskEnded NotBegun(ImageTask task) => new(Batch, new ImageTaskResult(task, TaskState.Cancelled, Attempts: 0));

    private TaskEnded Lost(ImageTask task) => new(Batch, new ImageTaskResult(
        task, TaskState.Failed, Attempts: 0, Failure: new TaskFailure(FailureKind.Lost, $"source '{task.SourcePath}': its task or its result was lost on the way")));
}
