using System.Diagnostics;
using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Actors;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ActorImaging.Tests.Hosting;

/// <summary>A good citizen in anyone's host: it changes nothing of it, answers whatever the host's state is, and ends when the host ends.</summary>
public sealed class GuestSpecs : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FakeWork _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Should_keep_the_settings_of_its_host()
    {
        const string HostsOwn = """
            akka { loglevel = DEBUG, log-dead-letters = 7, coordinated-shutdown.run-by-clr-shutdown-hook = on }
            akka.coordinated-shutdown.phases.service-requests-done.timeout = 3s
            akka.actor.deployment { /mine { router = round-robin-pool, nr-of-instances = 3 } }
            my.own = 42
            """;
        using var host = CreateHost(builder => builder.AddHocon(HostsOwn, HoconAddMode.Prepend).ConfigureLoggers(loggers => loggers.ClearLoggers()));
        await host.StartAsync();
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;

        Assert.Equal("DEBUG", config.GetString("akka.loglevel"));
        Assert.Equal("7", config.GetString("akka.log-dead-letters"));
        Assert.True(config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook"));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("akka.coordinated-shutdown.phases.service-requests-done.timeout"));
        Assert.NotEqual("OFF", config.GetString("akka.stdout-loglevel"));
        Assert.Equal(3, config.GetInt("akka.actor.deployment./mine.nr-of-instances"));
        Assert.Equal(42, config.GetInt("my.own"));
        Assert.Equal(2, config.GetInt("akka.actor.deployment./imaging/processors.nr-of-instances"));
        Assert.Equal(2, (await ClientOf(host).RunBatchAsync(CreateTasks(2))).Succeeded);
        await host.StopAsync();
    }

    [Fact]
    public async Task Should_run_in_two_systems_of_one_process()
    {
        using var first = CreateHost();
        using var second = CreateHost();
        await first.StartAsync();
        await second.StartAsync();

        var batches = await Task.WhenAll(ClientOf(first).RunBatchAsync(CreateTasks(50)), ClientOf(second).RunBatchAsync(CreateTasks(50)));
        await first.StopAsync();
        var after = await ClientOf(second).RunBatchAsync(CreateTasks(5));

        Assert.All(batches, summary => Assert.Equal(50, summary.Succeeded));
        Assert.Equal(5, after.Succeeded);
        await second.StopAsync();
    }

    [Fact]
    public async Task Should_say_that_the_host_is_not_started()
    {
        using var host = CreateHost(hocon: "actor-imaging.answer-timeout = 200ms");

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => ClientOf(host).RunBatchAsync(CreateTasks(1)).WaitAsync(Soon));
        Assert.Contains("is the host started?", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => ClientOf(host).GetStatusAsync().WaitAsync(Soon));
    }

    [Fact]
    public async Task Should_not_wait_for_a_host_that_is_not_started_once_it_is_cancelled()
    {
        using var host = CreateHost();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var result = await ClientOf(host).ProcessAsync(CreateTasks(1)[0], stop.Token).WaitAsync(Soon);

        Assert.Equal((TaskState.Cancelled, 0), (result.State, result.Attempts));
    }

    [Fact]
    public async Task Should_say_that_the_system_has_stopped()
    {
        using var host = CreateHost(hocon: "actor-imaging.answer-timeout = 1s");
        await host.StartAsync();
        await ClientOf(host).RunBatchAsync(CreateTasks(1));
        await host.StopAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => ClientOf(host).RunBatchAsync(CreateTasks(1)).WaitAsync(Soon));
    }

    [Fact]
    public async Task Should_stop_within_the_time_of_the_host_though_a_task_hangs()
    {
        _work.Hangs = _ => true;
        using var host = CreateHost(
            builder => builder.AddHocon("akka.coordinated-shutdown.phases { service-requests-done.timeout = 5m, actor-system-terminate.timeout = 1s }", HoconAddMode.Prepend),
            shutdownTimeout: TimeSpan.FromSeconds(2));
        await host.StartAsync();
        var run = ClientOf(host).RunBatchAsync(CreateTasks(4));
        await _work.AwaitRunningAsync(2);

        var started = Stopwatch.GetTimestamp();
        await host.StopAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var summary = await run.WaitAsync(Soon);

        Assert.Equal(4, summary.Cancelled);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Should_stop_within_the_time_of_the_phase_though_a_task_hangs()
    {
        _work.Hangs = _ => true;
        using var host = CreateHost(
            builder => builder.AddHocon("akka.coordinated-shutdown.phases { service-requests-done.timeout = 3s, actor-system-terminate.timeout = 1s }", HoconAddMode.Prepend));
        await host.StartAsync();
        var run = ClientOf(host).RunBatchAsync(CreateTasks(4));
        await _work.AwaitRunningAsync(2);

        await host.StopAsync().WaitAsync(Soon);

        Assert.Equal(4, (await run.WaitAsync(Soon)).Cancelled);
    }

    [Fact]
    public async Task Should_wait_for_whoever_reads_the_results_before_the_host_stops()
    {
        using var host = CreateHost();
        await host.StartAsync();
        await using var results = ClientOf(host).ProcessAsync(CreateTasks(8).ToAsyncEnumerable()).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());

        var stopping = host.StopAsync();
        Assert.NotSame(stopping, await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(300))));
        var read = 1;
        while (await results.MoveNextAsync())
        {
            read++;
        }

        await stopping.WaitAsync(Soon);
        Assert.Equal(8, read);
    }

    [Fact]
    public async Task Should_end_when_cancelled_though_the_sequence_of_tasks_ignores_it()
    {
        using var host = CreateHost();
        await host.StartAsync();
        using var stop = new CancellationTokenSource();
        using var isWaiting = new SemaphoreSlim(0);
        using var never = new ManualResetEventSlim();
        var run = ClientOf(host).RunBatchAsync(Endless(), cancellation: stop.Token);
        await isWaiting.WaitAsync();

        await stop.CancelAsync();

        Assert.True((await run.WaitAsync(Soon)).IsAccountedFor);
        await host.StopAsync().WaitAsync(Soon);
        never.Set();

        IEnumerable<ImageTask> Endless()
        {
            yield return CreateTasks(1)[0];
            isWaiting.Release();
            never.Wait(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Should_stop_with_the_host_though_the_sequence_of_tasks_waits()
    {
        using var host = CreateHost();
        await host.StartAsync();
        using var isWaiting = new SemaphoreSlim(0);
        using var never = new ManualResetEventSlim();
        var run = ClientOf(host).RunBatchAsync(Endless());
        await isWaiting.WaitAsync();

        await host.StopAsync().WaitAsync(Soon);

        Assert.True((await run.WaitAsync(Soon)).IsAccountedFor);
        never.Set();

        IEnumerable<ImageTask> Endless()
        {
            yield return CreateTasks(1)[0];
            isWaiting.Release();
            never.Wait(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Should_throw_what_the_sequence_of_tasks_throws_even_if_it_is_a_cancellation()
    {
        using var host = CreateHost();
        await host.StartAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(async () =>
        {
            await foreach (var result in ClientOf(host).ProcessAsync(TimingOut()))
            {
                Assert.Equal(TaskState.Succeeded, result.State);
            }
        });
        await host.StopAsync();

        static async IAsyncEnumerable<ImageTask> TimingOut()
        {
            yield return CreateTasks(1)[0];
            await Task.Yield();
            throw new TaskCanceledException("the request was canceled due to the configured HttpClient.Timeout");
        }
    }

    [Fact]
    public async Task Should_end_in_a_second_when_a_single_task_is_cancelled_that_hangs()
    {
        _work.Hangs = _ => true;
        using var host = CreateHost();
        await host.StartAsync();
        using var stop = new CancellationTokenSource();
        var run = ClientOf(host).ProcessAsync(CreateTasks(1)[0], stop.Token);
        await _work.AwaitRunningAsync(1);

        var started = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        var result = await run.WaitAsync(Soon);

        Assert.Equal((TaskState.Cancelled, 1), (result.State, result.Attempts));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(3)); // half a second, and what a busy machine adds
        _work.EndHanging();
        await host.StopAsync();
    }

    [Fact]
    public async Task Should_end_at_once_when_it_was_cancelled_before_it_began()
    {
        using var host = CreateHost();
        await host.StartAsync();
        await ClientOf(host).RunBatchAsync([]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var started = Stopwatch.GetTimestamp();
        var result = await ClientOf(host).ProcessAsync(CreateTasks(1)[0], stop.Token).WaitAsync(Soon);

        Assert.Equal((TaskState.Cancelled, 0), (result.State, result.Attempts));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(3)); // to ask after it would take six
        await host.StopAsync();
    }

    [Fact]
    public async Task Should_be_told_as_a_type_that_there_is_too_much_to_do()
    {
        _work.CloseGate();
        using var host = CreateHost(hocon: "actor-imaging.max-batches = 1");
        await host.StartAsync();
        var first = ClientOf(host).RunBatchAsync(CreateTasks(1));
        await _work.AwaitRunningAsync(1);

        var refused = await Assert.ThrowsAsync<ImagingRefusedException>(() => ClientOf(host).ProcessAsync(CreateTasks(1)[0]));

        Assert.Equal(RefusalCause.Busy, refused.Cause);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        _work.OpenGate();
        Assert.Equal(1, (await first).Succeeded);
        await host.StopAsync();
    }

    [Fact]
    public async Task Should_say_of_its_health_what_is_so()
    {
        _work.Hangs = _ => true;
        using var host = CreateHost(hocon: "actor-imaging { task-timeout = 300ms, answer-timeout = 1s }");
        await host.StartAsync();
        var check = new ImagingHealthCheck(ClientOf(host), TimeSpan.FromHours(1));
        await ClientOf(host).RunBatchAsync([]);
        await AwaitHealthAsync(HealthStatus.Healthy);

        await ClientOf(host).ProcessAsync(CreateTasks(1)[0]);
        await AwaitHealthAsync(HealthStatus.Degraded);
        await ClientOf(host).ProcessAsync(CreateTasks(1)[0]);
        await AwaitHealthAsync(HealthStatus.Unhealthy);

        _work.EndHanging();
        await AwaitHealthAsync(HealthStatus.Healthy);
        await host.StopAsync();
        await AwaitHealthAsync(HealthStatus.Unhealthy);

        async Task AwaitHealthAsync(HealthStatus expected)
        {
            var health = default(HealthCheckResult);
            for (var patience = Stopwatch.StartNew(); health.Status != expected || health.Data is null; health = await check.CheckHealthAsync(new HealthCheckContext()))
            {
                Assert.True(patience.Elapsed < Soon, $"{health.Status} {health.Description} where {expected} was expected");
            }
        }
    }

    [Fact]
    public async Task Should_say_of_its_health_that_a_task_is_in_flight_for_long_and_that_the_system_stops()
    {
        _work.CloseGate();
        using var host = CreateHost();
        await host.StartAsync();
        var client = ClientOf(host);
        var run = client.RunBatchAsync(CreateTasks(1));
        await _work.AwaitRunningAsync(1);

        var slow = await new ImagingHealthCheck(client, TimeSpan.Zero).CheckHealthAsync(new HealthCheckContext());
        var stopping = host.StopAsync();
        while (!(await client.GetStatusAsync()).IsStopping)
        {
            await Task.Yield();
        }

        var drained = await new ImagingHealthCheck(client, TimeSpan.FromHours(1)).CheckHealthAsync(new HealthCheckContext());
        _work.OpenGate();
        await stopping.WaitAsync(Soon);

        Assert.Equal(1, (await run).Succeeded);
        Assert.Equal(HealthStatus.Degraded, slow.Status);
        Assert.Contains("has been in flight for", slow.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, drained.Status);
        Assert.Contains("is stopping", drained.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_go_on_in_the_context_of_its_caller()
    {
        using var host = CreateHost();
        await host.StartAsync();
        var window = new CountingContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(window);
        Task<BatchSummary> run;
        try
        {
            run = ClientOf(host).RunBatchAsync(CreateTasks(50));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal((50, 0), ((await run.WaitAsync(Soon)).Succeeded, window.Posts));
        await host.StopAsync();
    }

    [Fact]
    public async Task Should_do_ten_thousand_single_tasks_at_once()
    {
        using var host = CreateHost();
        await host.StartAsync();

        var results = await Task.WhenAll(CreateTasks(10_000).Select(task => ClientOf(host).ProcessAsync(task)));

        Assert.All(results, result => Assert.Equal(TaskState.Succeeded, result.State));
        Assert.Equal(0, (await ClientOf(host).GetStatusAsync()).OpenBatches);
        await host.StopAsync();
    }

    private static ImagingClient ClientOf(IHost host) => host.Services.GetRequiredService<ImagingClient>();

    private static List<ImageTask> CreateTasks(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new ImageTask(new TaskId(id), $"in-{id}.png", [], "out.png") { Header = new ImageHeader(ImageFormat.Png, new PixelSize(1, 1), 1) })];

    /// <summary>The thread of a window, as it were.</summary>
    private sealed class CountingContext : SynchronizationContext
    {
        public int Posts { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Posts++;
            base.Post(d, state);
        }
    }

    private IHost CreateHost(Action<AkkaConfigurationBuilder>? configure = null, string hocon = "", TimeSpan? shutdownTimeout = null)
    {
        var configuration = ImagingConfiguration.Load(new HoconLayer("spec", $"actor-imaging.processors = 2\n{hocon}"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .Configure<HostOptions>(options => options.ShutdownTimeout = shutdownTimeout ?? options.ShutdownTimeout)
            .AddImagingClient(configuration, new ImagingWork(new NoEngine(), _work.Process, new SourceLeases()))
            .AddAkka("somebody-elses", (akka, provider) =>
            {
                akka.AddHocon("akka { loglevel = OFF, stdout-loglevel = ERROR }", HoconAddMode.Prepend);
                configure?.Invoke(akka);
                akka.WithActorImaging(configuration, provider);
            });
        return builder.Build();
    }
}
