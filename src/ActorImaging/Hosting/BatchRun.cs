using System.Threading.Channels;
using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Hosting;

/// <summary>
/// The client's side of one batch: hands in tasks while the window has room, those of a source together, and listens until the batch is
/// answered. Two loops; the window between them is what makes a slow listener or a slow processor hold the source of tasks back.
/// </summary>
internal sealed class BatchRun(BatchId batch, IActorRef supervisor, IActorRef listener, int windowTasks) : IDisposable
{
    private const int MostTasksOfAGroup = 64;

    private readonly CancellationTokenSource _feeding = new();
    private readonly SemaphoreSlim _window = new(windowTasks);

    /// <summary>Runs both loops to the end of the batch.</summary>
    public async Task<BatchSummary> ToEndAsync(
        IAsyncEnumerable<ImageTask> tasks,
        ChannelReader<BatchEvent> events,
        Func<BatchEvent, ValueTask>? onEvent,
        CancellationToken cancellation)
    {
        await using var cancel = cancellation.Register(Cancel);
        var feeding = Task.Run(() => FeedAsync(tasks), CancellationToken.None);
        try
        {
            return await ListenAsync(events, onEvent);
        }
        catch
        {
            Cancel(); // the listener's own fault: nobody hears the rest of this batch
            throw;
        }
        finally
        {
            await _feeding.CancelAsync(); // a batch that was ended from the other side takes no more tasks
            await feeding;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _feeding.Dispose();
        _window.Dispose();
    }

    private void Cancel()
    {
        _feeding.Cancel();
        supervisor.Tell(new CancelBatch(batch), listener);
    }

    private async Task FeedAsync(IAsyncEnumerable<ImageTask> tasks)
    {
        try
        {
            await foreach (var group in tasks.BySourceAsync(Math.Min(windowTasks, MostTasksOfAGroup), _feeding.Token))
            {
                for (var task = 0; task < group.Length; task++)
                {
                    await _window.WaitAsync(_feeding.Token);
                }

                supervisor.Tell(new AddTasks(batch, group), listener);
            }
        }
        catch (OperationCanceledException) when (_feeding.IsCancellationRequested)
        {
            // The batch was cancelled: what was not handed in is not part of it.
        }
        catch
        {
            supervisor.Tell(new CancelBatch(batch), listener); // the source of tasks failed: whoever gave it hears of that
            throw;
        }
        finally
        {
            supervisor.Tell(new EndOfTasks(batch), listener);
        }
    }

    private async Task<BatchSummary> ListenAsync(ChannelReader<BatchEvent> events, Func<BatchEvent, ValueTask>? onEvent)
    {
        await foreach (var happened in events.ReadAllAsync())
        {
            if (happened is BatchEnded ended)
            {
                return ended.Summary;
            }

            if (onEvent is not null)
            {
                await onEvent(happened);
            }

            if (happened is TaskEnded)
            {
                _window.Release();
            }
        }

        throw new InvalidOperationException("the actor system stopped before the batch was answered");
    }
}
