using ActorImaging.Actors;
using ActorImaging.Tasks;
using Akka.Actor;
using ImageMagick;

namespace ActorImaging.Tests.Actors;

/// <summary>Whatever happens to a processor, its batch ends with a full account.</summary>
public sealed class ProcessorFailureSpecs : SupervisorSpec
{
    public static TheoryData<Distribution> Distributions { get; } = [Distribution.WorkPulling, Distribution.RoundRobin];

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_fail_a_corrupt_source_at_once_and_do_the_others(Distribution distribution)
    {
        Work.Fault = task => task.Id.Number % 5 == 0 ? new MagickCorruptImageErrorException("bad bytes") : null;
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(50), distribution);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal((40, 10), (summary.Succeeded, summary.Failed));
        Assert.All(results.Where(result => result.State == TaskState.Failed), result =>
        {
            Assert.Equal((FailureKind.Corrupt, 1), (result.Failure!.Kind, result.Attempts));
            Assert.Contains(result.Task.SourcePath, result.Failure.Reason, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_try_a_failure_that_may_pass_again(Distribution distribution)
    {
        var failures = 0;
        Work.Fault = task => task.Id.Number == 3 && Interlocked.Increment(ref failures) < 3 ? new IOException("busy") : null;
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(6), distribution);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(6, summary.Succeeded);
        Assert.Equal(3, results.Single(result => result.Task.Id.Number == 3).Attempts);
    }

    [Fact]
    public async Task Should_give_up_on_a_failure_that_does_not_pass()
    {
        Work.Fault = _ => new IOException("gone for good");
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(4), Distribution.WorkPulling);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(4, summary.Failed);
        Assert.All(results, result => Assert.Equal((FailureKind.InputOutput, Settings.MaxAttempts), (result.Failure!.Kind, result.Attempts)));
    }

    [Fact]
    public async Task Should_quarantine_a_task_that_takes_processors_down_again_and_again()
    {
        Work.Fault = task => task.Id.Number == 2 ? new InvalidOperationException("defect") : null;
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(4), Distribution.WorkPulling);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal((3, 1), (summary.Succeeded, summary.Failed));
        var failure = results.Single(result => result.State == TaskState.Failed).Failure!;
        Assert.Equal(FailureKind.Quarantined, failure.Kind);
        Assert.Contains("defect", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_end_a_task_that_ran_too_long_as_timed_out()
    {
        Work.Fault = task => task.Id.Number == 1 ? new ActorImaging.Imaging.ImageTaskTimeoutException("too long") : null;
        var batch = await StartBatchAsync(await CreateSupervisorAsync(), CreateTasks(3), Distribution.WorkPulling);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((2, 1), (summary.Succeeded, summary.TimedOut));
    }

    [Fact]
    public async Task Should_keep_siblings_running_while_one_restarts()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var processors = await GetProcessorsAsync(supervisor);
        Work.Fault = task => task.Id.Number == 1 ? new MagickCorruptImageErrorException("bad bytes") : null;
        var batch = await StartBatchAsync(supervisor, CreateTasks(10), Distribution.WorkPulling);
        await AwaitRunningAsync(Processors);

        Work.OpenGate();
        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal((9, 1), (summary.Succeeded, summary.Failed));
        Assert.Equal(processors, await GetProcessorsAsync(supervisor));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_replace_a_killed_processor_and_do_its_tasks(Distribution distribution)
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var killed = (await GetProcessorsAsync(supervisor))[0];
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), distribution);
        await AwaitRunningAsync(Processors);

        Sys.Stop(killed);
        Work.OpenGate();
        var (_, results) = await ExpectEndAsync(batch);

        Assert.All(results, result => Assert.Equal((TaskState.Succeeded, null), (result.State, result.Failure)));
        Assert.Equal(20, results.Count);
        Assert.InRange(Work.Started.Count, 20, 21); // only the task in flight may have run twice
        await ExpectReplacedAsync(supervisor, killed);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_survive_the_kill_of_every_processor(Distribution distribution)
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var processors = await GetProcessorsAsync(supervisor);
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), distribution);
        await AwaitRunningAsync(Processors);

        foreach (var processor in processors)
        {
            processor.Tell(Kill.Instance);
            Sys.Stop(processor);
        }

        Work.OpenGate();
        var (_, results) = await ExpectEndAsync(batch);

        Assert.All(results, result => Assert.Equal((TaskState.Succeeded, null), (result.State, result.Failure)));
        Assert.Equal(20, results.Count);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_survive_the_end_of_the_router(Distribution distribution)
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync();
        var router = await GetRouterAsync(supervisor);
        var batch = await StartBatchAsync(supervisor, CreateTasks(20), distribution);
        await AwaitRunningAsync(Processors);

        Sys.Stop(router);
        Work.OpenGate();
        var (_, results) = await ExpectEndAsync(batch);

        Assert.All(results, result => Assert.Equal((TaskState.Succeeded, null), (result.State, result.Failure)));
        Assert.Equal(20, results.Count);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_fail_every_task_with_the_reason_when_no_processor_can_be_made(Distribution distribution)
    {
        var supervisor = CreateSupervisorOf((_, _) => throw new DllNotFoundException("native library missing"));
        var batch = await StartBatchAsync(supervisor, CreateTasks(5), distribution);

        var (summary, results) = await ExpectEndAsync(batch);

        Assert.Equal(5, summary.Failed);
        Assert.All(results, result =>
        {
            Assert.Equal(FailureKind.NoProcessor, result.Failure!.Kind);
            Assert.Contains("native library missing", result.Failure.Reason, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_recover_when_processors_can_be_made_after_some_failures(Distribution distribution)
    {
        var starts = 0;
        var supervisor = CreateSupervisorOf((report, permits) =>
            Interlocked.Increment(ref starts) <= 3 ? throw new InvalidOperationException("not yet") : new ImageProcessorActor(report, Work.Process, permits));
        var batch = await StartBatchAsync(supervisor, CreateTasks(5), distribution);

        var (summary, _) = await ExpectEndAsync(batch);

        Assert.Equal(5, summary.Succeeded);
        await AwaitAssertAsync(async () => Assert.Equal(Processors, (await GetProcessorsAsync(supervisor)).Count));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Should_have_as_many_processors_as_before_whoever_is_gone(Distribution distribution)
    {
        var supervisor = await CreateSupervisorAsync();
        for (var round = 0; round < 10; round++)
        {
            var (router, processors) = (await GetRouterAsync(supervisor), await GetProcessorsAsync(supervisor));
            Work.CloseGate();
            var batch = await StartBatchAsync(supervisor, CreateTasks(60), distribution);
            await AwaitRunningAsync(Processors);

            if (round % 2 == 0)
            {
                processors.ToList().ForEach(Sys.Stop);
            }
            else
            {
                Sys.Stop(router);
            }

            Work.OpenGate();
            Assert.Equal(60, (await ExpectEndAsync(batch)).Summary.Succeeded);
            await AwaitAssertAsync(async () => Assert.Equal(Processors, await LivingProcessorsAsync(supervisor)));
        }
    }

    [Fact]
    public async Task Should_keep_the_others_when_one_processor_can_not_be_made()
    {
        var starts = 0;
        var supervisor = CreateSupervisorOf((report, permits) =>
            Interlocked.Increment(ref starts) == 1 ? new ImageProcessorActor(report, Work.Process, permits) : throw new InvalidOperationException("no more of them"));
        await AwaitStatusAsync(supervisor, status => status.ReadyProcessors == 1);
        await AwaitAsync(() => Volatile.Read(ref starts) > 1);
        for (var look = 0; look < 2 * ProcessorPool.MaxFailedStarts; look++)
        {
            var before = Volatile.Read(ref starts);
            Pass(supervisor, TimeSpan.FromSeconds(1));
            await AwaitAsync(() => Volatile.Read(ref starts) > before);
        }

        Assert.Equal(5, (await ExpectEndAsync(await StartBatchAsync(supervisor, CreateTasks(5), Distribution.WorkPulling))).Summary.Succeeded);
    }

    [Fact]
    public async Task Should_count_no_attempt_of_a_task_that_never_began()
    {
        Work.CloseGate();
        var supervisor = await CreateSupervisorAsync(Settings with { MaxAttempts = 1 });
        var processors = await GetProcessorsAsync(supervisor);
        foreach (var processor in processors)
        {
            Sys.Stop(processor); // the assignment comes to a mailbox that nobody reads
        }

        var batch = await StartBatchAsync(supervisor, CreateTasks(4), Distribution.WorkPulling);
        Work.OpenGate();

        Assert.Equal(4, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    private IActorRef CreateSupervisorOf(Func<IActorRef, TaskPermits, ImageProcessorActor> create) => Sys.ActorOf(
        Props.Create(() => new ImageSupervisorActor(
            Settings,
            (report, permits) => Props.CreateBy(new Producer(create, report, permits)),
            Work.AsWork(Sources),
            TimeProvider.System)),
        ActorImaging.Hosting.ActorImagingHosting.SupervisorName);

    private async Task<int> LivingProcessorsAsync(IActorRef supervisor)
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection(supervisor.Path / "*" / "*").Tell(new Identify(null), probe);
        return (await probe.ReceiveWhileAsync<ActorIdentity>(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), identity => (ActorIdentity)identity).ToListAsync()).Count;
    }

    private async Task ExpectReplacedAsync(IActorRef supervisor, IActorRef gone)
    {
        await AwaitAssertAsync(async () =>
        {
            var processors = await GetProcessorsAsync(supervisor);
            Assert.Equal(Processors, processors.Count);
            Assert.DoesNotContain(gone, processors);
        });
    }

    private sealed class Producer(Func<IActorRef, TaskPermits, ImageProcessorActor> create, IActorRef report, TaskPermits permits) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ImageProcessorActor);

        public ActorBase Produce() => create(report, permits);

        public void Release(ActorBase actor)
        {
            // Nothing to give back.
        }
    }
}
