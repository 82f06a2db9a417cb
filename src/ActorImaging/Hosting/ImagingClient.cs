using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using Akka.Hosting;

namespace ActorImaging.Hosting;

/// <summary>Runs batches of image tasks on the supervisor of this process. Thread-safe; several batches may run at once.</summary>
public sealed class ImagingClient
{
    private readonly ActorSystem _system;
    private readonly IRequiredActor<ImageSupervisorActor> _supervisor;
    private readonly ImagingConfiguration _configuration;

    /// <summary>Creates a client.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="supervisor">The supervisor.</param>
    /// <param name="configuration">The configuration it was started with.</param>
    internal ImagingClient(ActorSystem system, IRequiredActor<ImageSupervisorActor> supervisor, ImagingConfiguration configuration)
    {
        _system = system;
        _supervisor = supervisor;
        _configuration = configuration;
    }

    /// <summary>Runs a batch to its end.</summary>
    /// <param name="tasks">
    /// The tasks, each with an id of its own; those that follow each other on one source share its decoded image. Taken lazily: no more are
    /// taken than the window has room for, and one or those of one source beside. The headers of their sources are looked at on the way.
    /// </param>
    /// <param name="onEvent">Is told each <see cref="TaskBegun"/> and <see cref="TaskEnded"/>, one at a time; a slow one slows the batch.</param>
    /// <param name="distribution">How tasks reach processors; null for the configured way.</param>
    /// <param name="cancellation">Stops the batch: tasks in flight are finished, the others end as cancelled, and the summary says so.</param>
    /// <returns>The account of the batch. Cancelling and failing tasks are part of it, never exceptions.</returns>
    /// <exception cref="InvalidOperationException">The supervisor refused the batch or stopped.</exception>
    /// <exception cref="TimeoutException">The supervisor did not answer.</exception>
    public async Task<BatchSummary> RunBatchAsync(
        IAsyncEnumerable<ImageTask> tasks,
        Func<BatchEvent, ValueTask>? onEvent = null,
        Distribution? distribution = null,
        CancellationToken cancellation = default)
    {
        var events = Channel.CreateUnbounded<BatchEvent>(new UnboundedChannelOptions { SingleReader = true });
        var actor = await _supervisor.GetAsync(CancellationToken.None);
        var listener = _system.ActorOf(Props.Create<ListenerActor<BatchEvent>>(actor, events.Writer));
        try
        {
            var batch = BatchId.Create();
            actor.Tell(new StartBatch(batch, distribution), listener);
            var started = await ReadStartAsync(events.Reader);
            using var run = new BatchRun(batch, actor, listener, started.WindowTasks);
            return await run.ToEndAsync(tasks.Select(new SourceMeasure(_configuration.Settings.Limits).Measure), events.Reader, onEvent, cancellation);
        }
        finally
        {
            _system.Stop(listener);
        }
    }

    /// <summary>Runs a batch whose tasks are at hand.</summary>
    /// <inheritdoc cref="RunBatchAsync(IAsyncEnumerable{ImageTask}, Func{BatchEvent, ValueTask}?, Distribution?, CancellationToken)"/>
    public Task<BatchSummary> RunBatchAsync(
        IEnumerable<ImageTask> tasks,
        Func<BatchEvent, ValueTask>? onEvent = null,
        Distribution? distribution = null,
        CancellationToken cancellation = default) =>
        RunBatchAsync(tasks.ToAsyncEnumerable(), onEvent, distribution, cancellation);

    /// <summary>Runs a batch and yields its results as they come. Whoever reads them slowly slows the batch; whoever stops cancels it.</summary>
    /// <param name="tasks">The tasks, each with an id of its own; taken lazily.</param>
    /// <param name="distribution">How tasks reach processors; null for the configured way.</param>
    /// <param name="cancellation">Stops the batch; the results of all tasks that were taken still come.</param>
    public async IAsyncEnumerable<ImageTaskResult> ProcessAsync(
        IAsyncEnumerable<ImageTask> tasks,
        Distribution? distribution = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var abandoned = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, abandoned.Token);
        var results = Channel.CreateBounded<ImageTaskResult>(1);
        Task run = RunBatchAsync(
            tasks,
            happened => happened is TaskEnded ended ? results.Writer.WriteAsync(ended.Result, abandoned.Token) : ValueTask.CompletedTask,
            distribution,
            stop.Token);
        _ = run.ContinueWith(
            ended => results.Writer.Complete(ended.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return result;
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the reader of the results has heard of a fault
        }
    }

    /// <summary>Does one task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellation">Gives the task up unless it has been begun; then it is finished.</param>
    /// <returns>How it ended. Failing and being cancelled are results, never exceptions.</returns>
    /// <exception cref="InvalidOperationException">The supervisor refused it or stopped.</exception>
    /// <exception cref="TimeoutException">The supervisor did not answer.</exception>
    public async Task<ImageTaskResult> ProcessAsync(ImageTask task, CancellationToken cancellation = default)
    {
        var result = new ImageTaskResult(task, TaskState.Cancelled, Attempts: 0); // when it was not even handed in
        await foreach (var ended in ProcessAsync(new[] { task }.ToAsyncEnumerable(), cancellation: cancellation))
        {
            result = ended;
        }

        return result;
    }

    private async Task<BatchStarted> ReadStartAsync(ChannelReader<BatchEvent> events)
    {
        using var patience = new CancellationTokenSource(_configuration.Settings.AnswerTimeout);
        try
        {
            return await events.ReadAsync(patience.Token) switch
            {
                BatchStarted started => started,
                BatchRefused refused => throw new InvalidOperationException($"the batch was refused: {refused.Reason}"),
                var other => throw new InvalidOperationException($"expected the start of a batch, but received {other}"),
            };
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"the supervisor did not answer within {_configuration.Settings.AnswerTimeout.TotalSeconds} s (actor-imaging.answer-timeout)");
        }
    }
}
