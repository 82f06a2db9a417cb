using System.Runtime.CompilerServices;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Hosting;

namespace ActorImaging.Hosting;

/// <summary>Runs batches of image tasks on the supervisor of this process. Thread-safe; any number of batches may run at once.</summary>
public sealed class ImagingClient
{
    private readonly ActorSystem _system;
    private readonly IRequiredActor<ImageSupervisorActor> _required;
    private readonly ImagingConfiguration _configuration;
    private readonly ClientRuns _runs = new();
    private readonly Lock _guard = new();
    private (IActorRef Supervisor, IActorRef Listener)? _ends;

    /// <summary>Creates a client.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="supervisor">The supervisor.</param>
    /// <param name="configuration">The configuration it was started with.</param>
    internal ImagingClient(ActorSystem system, IRequiredActor<ImageSupervisorActor> supervisor, ImagingConfiguration configuration)
    {
        _system = system;
        _required = supervisor;
        _configuration = configuration;
    }

    private ImagingSettings Settings => _configuration.Settings;

    /// <summary>Runs a batch and yields what happens, as it happens. Whoever reads slowly slows the batch; whoever stops reading cancels it.</summary>
    /// <param name="tasks">
    /// The tasks, each with an id of its own; those that follow each other on one source share its decoded image. Taken lazily: no more are
    /// taken than the window has room for, and one or those of one source beside. The headers of their sources are looked at on the way.
    /// </param>
    /// <param name="options">How it is run; null for the configured way.</param>
    /// <param name="cancellation">Stops the batch (<see cref="BatchOptions.CancelGrace"/>); what was handed in ends, and is told of.</param>
    /// <returns>A <see cref="TaskBegun"/> for each attempt and a <see cref="TaskEnded"/> for each task.</returns>
    /// <exception cref="ImagingRefusedException">The batch was not taken: there is too much to do, or the system is stopping.</exception>
    /// <exception cref="InvalidOperationException">The supervisor stopped.</exception>
    /// <exception cref="TimeoutException">The supervisor did not answer, or was not started.</exception>
    public async IAsyncEnumerable<BatchEvent> StreamAsync(
        IAsyncEnumerable<ImageTask> tasks, BatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (await FindEndsAsync(cancellation).ConfigureAwait(false) is not { } ends)
        {
            yield break; // cancelled before anything was handed in
        }

        var run = new BatchRun(ends.Supervisor, ends.Listener, options ?? new BatchOptions(), Settings.AnswerTimeout);
        await using var ending = run.ConfigureAwait(false);
        _runs.Add(run);
        try
        {
            await foreach (var happened in run.EventsAsync(tasks.Select(new SourceMeasure(Settings.Limits).Measure), cancellation).ConfigureAwait(false))
            {
                yield return happened;
            }
        }
        finally
        {
            _runs.Remove(run);
        }
    }

    /// <summary>Runs a batch to its end.</summary>
    /// <inheritdoc cref="StreamAsync"/>
    /// <param name="tasks">The tasks, each with an id of its own; taken lazily.</param>
    /// <param name="onEvent">Is told each <see cref="TaskBegun"/> and <see cref="TaskEnded"/>, one at a time; a slow one slows the batch.</param>
    /// <param name="options">How it is run; null for the configured way.</param>
    /// <param name="cancellation">Stops the batch; the summary says of how many tasks.</param>
    /// <returns>The account of the batch. Cancelling and failing tasks are part of it, never exceptions.</returns>
    public async Task<BatchSummary> RunBatchAsync(
        IAsyncEnumerable<ImageTask> tasks,
        Func<BatchEvent, ValueTask>? onEvent = null,
        BatchOptions? options = null,
        CancellationToken cancellation = default)
    {
        var summary = new BatchSummaryFold();
        await foreach (var happened in StreamAsync(tasks, options, cancellation).ConfigureAwait(false))
        {
            summary.Note(happened);
            if (onEvent is not null)
            {
                await onEvent(happened).ConfigureAwait(false);
            }
        }

        return summary.Close();
    }

    /// <summary>Runs a batch whose tasks are at hand.</summary>
    /// <inheritdoc cref="RunBatchAsync(IAsyncEnumerable{ImageTask}, Func{BatchEvent, ValueTask}?, BatchOptions?, CancellationToken)"/>
    public Task<BatchSummary> RunBatchAsync(
        IEnumerable<ImageTask> tasks,
        Func<BatchEvent, ValueTask>? onEvent = null,
        BatchOptions? options = null,
        CancellationToken cancellation = default) =>
        RunBatchAsync(tasks.ToAsyncEnumerable(), onEvent, options, cancellation);

    /// <summary>Runs a batch and yields its results as they come. Whoever reads them slowly slows the batch; whoever stops cancels it.</summary>
    /// <inheritdoc cref="StreamAsync"/>
    /// <returns>The result of each task that was handed in.</returns>
    public async IAsyncEnumerable<ImageTaskResult> ProcessAsync(
        IAsyncEnumerable<ImageTask> tasks, BatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var happened in StreamAsync(tasks, options, cancellation).ConfigureAwait(false))
        {
            if (happened is TaskEnded ended)
            {
                yield return ended.Result;
            }
        }
    }

    /// <summary>Does one task.</summary>
    /// <inheritdoc cref="StreamAsync"/>
    /// <param name="task">The task.</param>
    /// <param name="cancellation">Gives the task up: one that is in flight has <see cref="BatchOptions.CancelGrace"/> to end.</param>
    /// <returns>How it ended. Failing and being cancelled are results, never exceptions.</returns>
    public async Task<ImageTaskResult> ProcessAsync(ImageTask task, CancellationToken cancellation = default)
    {
        var result = new ImageTaskResult(task, TaskState.Cancelled, Attempts: 0); // when it was not even handed in
        await foreach (var ended in ProcessAsync(new[] { task }.ToAsyncEnumerable(), new BatchOptions { MostTasks = 1 }, cancellation).ConfigureAwait(false))
        {
            result = ended;
        }

        return result;
    }

    /// <summary>Asks how the supervisor and its processors are: for health checks and for people.</summary>
    /// <param name="cancellation">Gives the question up.</param>
    /// <exception cref="TimeoutException">The supervisor did not answer, or was not started.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<ImagingStatus> GetStatusAsync(CancellationToken cancellation = default)
    {
        var ends = await FindEndsAsync(cancellation).ConfigureAwait(false) ?? throw new OperationCanceledException(cancellation);
        try
        {
            return await ends.Supervisor.Ask<ImagingStatus>(new GetStatus(), Settings.AnswerTimeout, cancellation).ConfigureAwait(false);
        }
        catch (AskTimeoutException fault)
        {
            throw NoAnswer(fault);
        }
    }

    /// <summary>Waits until every batch that was run has been read to its end.</summary>
    /// <param name="patience">For how long at the most.</param>
    internal Task WhenIdleAsync(TimeSpan patience) =>
        Task.WhenAny(_runs.WhenEnded(), Task.Delay(patience));

    /// <summary>The supervisor, once the host has started it; null when nobody waits for it any more.</summary>
    private async Task<(IActorRef Supervisor, IActorRef Listener)?> FindEndsAsync(CancellationToken cancellation)
    {
        if (_ends is { } known)
        {
            return known;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Settings.AnswerTimeout);
        try
        {
            return EndsAt(await _required.GetAsync(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException fault)
        {
            throw NoAnswer(fault);
        }
    }

    private (IActorRef Supervisor, IActorRef Listener) EndsAt(IActorRef supervisor)
    {
        lock (_guard)
        {
            return _ends ??= (supervisor, _system.ActorOf(Props.Create<BatchListener>(supervisor, _runs, Settings.AnswerTimeout)));
        }
    }

    private TimeoutException NoAnswer(Exception cause) => new(
        FormattableString.Invariant($"the supervisor did not answer within {Settings.AnswerTimeout.TotalSeconds} s (actor-imaging.answer-timeout): is the host started?"), cause);
}
