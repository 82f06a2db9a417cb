using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Actors;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Tests.Hosting;

/// <summary>The client in a plain host, as other programs use it.</summary>
public sealed class ImagingClientSpecs : IAsyncLifetime, IDisposable
{
    private const int WindowTasks = 8;
    private const int MostTaken = WindowTasks + 2; // one waits at the window; that it is alone on its source, the one after it has told
    private const int MostTakenUnread = MostTaken + 3; // one read, one in the channel, one before it

    private readonly FakeWork _work = new();
    private IHost _host = null!;

    private ImagingClient Client => _host.Services.GetRequiredService<ImagingClient>();

    public async Task InitializeAsync()
    {
        var configuration = ImagingConfiguration.Load(new HoconLayer(
            "spec", $"actor-imaging {{ processors = 2, window-tasks = {WindowTasks}, answer-timeout = 10s }}\nakka.loglevel = OFF"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var work = new ImagingWork(new NoEngine(), _work.Process, new SourceLeases());
        builder.Services
            .AddImagingClient(configuration, work)
            .AddAkka("imaging", (akka, provider) => akka.WithOwnSettings(configuration).WithActorImaging(configuration, provider));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _work.OpenGate();
        await _host.StopAsync();
    }

    public void Dispose()
    {
        _work.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Should_run_more_tasks_than_the_window_holds()
    {
        var events = new List<BatchEvent>();

        var summary = await Client.RunBatchAsync(CreateTasks(100), happened =>
        {
            events.Add(happened);
            return ValueTask.CompletedTask;
        });

        Assert.Equal((100, 100), (summary.Submitted, summary.Succeeded));
        Assert.Equal(100, events.OfType<TaskEnded>().Select(ended => ended.Result.Task.Id).Distinct().Count());
        Assert.Equal(100, events.OfType<TaskBegun>().Count());
    }

    [Fact]
    public async Task Should_run_more_tasks_of_one_source_than_the_window_holds()
    {
        var tasks = CreateTasks(50).Select(task => task with { SourcePath = "in.png" });

        var summary = await Client.RunBatchAsync(tasks).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(50, summary.Succeeded);
    }

    [Fact]
    public async Task Should_answer_a_batch_of_nothing() => Assert.Equal(0, (await Client.RunBatchAsync([])).Submitted);

    [Fact]
    public async Task Should_take_no_more_tasks_than_the_window_has_room_for()
    {
        _work.CloseGate();
        var taken = 0;
        using var isFull = new SemaphoreSlim(0);
        using var isOverfull = new SemaphoreSlim(0);
        var run = Client.RunBatchAsync(Counted());

        await isFull.WaitAsync();
        Assert.False(await isOverfull.WaitAsync(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(MostTaken, Volatile.Read(ref taken));

        _work.OpenGate();
        Assert.Equal(50, (await run).Succeeded);

        IEnumerable<ImageTask> Counted()
        {
            foreach (var task in CreateTasks(50))
            {
                var now = Interlocked.Increment(ref taken);
                if (now == MostTaken)
                {
                    isFull.Release();
                }
                else if (now > MostTaken)
                {
                    isOverfull.Release();
                }

                yield return task;
            }
        }
    }

    [Fact]
    public async Task Should_hold_tasks_back_while_results_are_not_read()
    {
        var taken = 0;
        await using var results = Client.ProcessAsync(Counted().ToAsyncEnumerable()).GetAsyncEnumerator();

        Assert.True(await results.MoveNextAsync());
        Assert.InRange(Volatile.Read(ref taken), 1, MostTakenUnread);

        var read = 1;
        while (await results.MoveNextAsync())
        {
            read++;
        }

        Assert.Equal((200, 200), (read, taken));

        IEnumerable<ImageTask> Counted()
        {
            foreach (var task in CreateTasks(200))
            {
                Interlocked.Increment(ref taken);
                yield return task;
            }
        }
    }

    [Fact]
    public async Task Should_do_a_single_task_and_say_how_it_ended()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        _work.Fault = task => task.Id.Number == 2 ? new UnsupportedImageException("is no image") : null;

        var done = await Client.ProcessAsync(CreateTasks(2)[0]);
        var failed = await Client.ProcessAsync(CreateTasks(2)[1]);
        var cancelled = await Client.ProcessAsync(CreateTasks(1)[0], stopped.Token);

        Assert.Equal(TaskState.Succeeded, done.State);
        Assert.Equal((TaskState.Failed, FailureKind.Unsupported), (failed.State, failed.Failure!.Kind));
        Assert.Equal((TaskState.Cancelled, 2), (cancelled.State, _work.Started.Count));
    }

    [Fact]
    public async Task Should_finish_what_is_in_flight_when_cancelled()
    {
        _work.CloseGate();
        using var stop = new CancellationTokenSource();
        using var begun = new SemaphoreSlim(0);
        var run = Client.RunBatchAsync(
            CreateTasks(50),
            happened =>
            {
                if (happened is TaskBegun)
                {
                    begun.Release();
                }

                return ValueTask.CompletedTask;
            },
            cancellation: stop.Token);
        await begun.WaitAsync();
        await begun.WaitAsync();

        await stop.CancelAsync();
        _work.OpenGate();
        var summary = await run;

        Assert.True(summary.IsAccountedFor);
        Assert.Equal(_work.Started.Count, summary.Succeeded);
        Assert.InRange(summary.Cancelled, 1, WindowTasks);
    }

    [Fact]
    public async Task Should_pass_on_what_the_source_of_tasks_throws_and_end_the_batch()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => Client.RunBatchAsync(Broken()));

        Assert.Equal("no more", fault.Message);
        Assert.Equal(3, (await Client.RunBatchAsync(CreateTasks(3))).Succeeded);

        static IEnumerable<ImageTask> Broken()
        {
            yield return CreateTasks(1)[0];
            throw new InvalidDataException("no more");
        }
    }

    [Fact]
    public async Task Should_cancel_the_batch_of_a_reader_who_leaves()
    {
        await foreach (var result in Client.ProcessAsync(CreateTasks(1000).ToAsyncEnumerable()))
        {
            Assert.Equal(TaskState.Succeeded, result.State);
            break;
        }

        Assert.Equal(3, (await Client.RunBatchAsync(CreateTasks(3))).Succeeded);
        Assert.InRange(_work.Started.Count, 4, 100);
    }

    [Fact]
    public async Task Should_drain_when_the_host_stops()
    {
        _work.CloseGate();
        using var begun = new SemaphoreSlim(0);
        var run = Client.RunBatchAsync(CreateTasks(WindowTasks), happened =>
        {
            if (happened is TaskBegun)
            {
                begun.Release();
            }

            return ValueTask.CompletedTask;
        });
        await begun.WaitAsync();
        await begun.WaitAsync();

        var stopping = _host.StopAsync();
        Assert.NotSame(stopping, await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(300))));
        _work.OpenGate();
        await stopping;
        var summary = await run;

        Assert.True(summary.IsAccountedFor);
        Assert.Equal((_work.Started.Count, 0), (summary.Succeeded, summary.Failed));
    }

    [Fact]
    public async Task Should_end_a_batch_whose_tasks_are_still_coming_when_the_host_stops()
    {
        using var begun = new SemaphoreSlim(0);
        var run = Client.RunBatchAsync(CreateTasks(100_000), happened =>
        {
            if (happened is TaskBegun)
            {
                begun.Release();
            }

            return ValueTask.CompletedTask;
        });
        await begun.WaitAsync();

        await _host.StopAsync();
        var summary = await run.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(summary.IsAccountedFor);
        Assert.Equal(0, summary.Failed);
    }

    private static List<ImageTask> CreateTasks(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new ImageTask(new TaskId(id), $"in-{id}.png", [], "out.png"))];
}
