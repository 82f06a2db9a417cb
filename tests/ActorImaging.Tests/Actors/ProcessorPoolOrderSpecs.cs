using ActorImaging.Actors;
using ActorImaging.Hosting;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

/// <summary>
/// No order in which ends and starts are heard of makes the pool larger than it should be: what comes from different actors may come in any. The pool
/// is alone here, in an actor that tells it what a spec says and nothing else.
/// </summary>
public sealed class ProcessorPoolOrderSpecs : SupervisorSpec
{
    [Fact]
    public async Task Should_order_no_more_than_it_should_have_when_it_hears_of_the_end_of_the_router_first()
    {
        var host = CreateHost();
        var (router, first) = (await GetRouterAsync(host), await ExpectProcessorsAsync(host, Processors));
        await StopAsync(router);

        await TellAsync(host, pool => pool.Gone(router));
        foreach (var processor in first)
        {
            await TellAsync(host, pool => pool.Gone(processor));
        }

        await ExpectProcessorsAsync(host, Processors);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal((Processors, Processors, true), await TellAsync(host, pool => (pool.ReadyCount, pool.Free.Count, !pool.NeedsAttention)));
    }

    [Fact]
    public async Task Should_not_take_a_processor_whose_router_is_gone_for_one_of_the_next()
    {
        var host = CreateHost();
        var router = await GetRouterAsync(host);
        var late = await ExpectMsgAsync<Started>();
        await ExpectMsgAsync<Started>(); // of which the pool will never hear
        await StopAsync(router);
        await TellAsync(host, pool => pool.Gone(router));

        await TellAsync(host, pool => pool.Started(late.Processor, Guid.NewGuid()));
        await TellAsync(host, pool => pool.Gone(late.Processor));

        await ExpectProcessorsAsync(host, Processors);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(Processors, await TellAsync(host, pool => pool.ReadyCount));
    }

    [Fact]
    public async Task Should_give_back_what_all_processors_of_a_router_had_in_hand()
    {
        var host = CreateHost();
        var (router, _) = (await GetRouterAsync(host), await ExpectProcessorsAsync(host, Processors));
        var permits = new TaskPermits(Time, TimeSpan.FromMinutes(1));
        var assigned = CreateTasks(Processors).Select((task, at) => new ProcessTask(at, BatchId.Create(), task)).ToList();
        await TellAsync(host, pool =>
        {
            assigned.ForEach(task => pool.Assign(pool.Free[0], task, permits.Issue().Permit));
            return true;
        });
        await StopAsync(router);

        Assert.Equal(assigned.ToHashSet(), (await TellAsync(host, pool => pool.Gone(router))).ToHashSet());
    }

    private IActorRef CreateHost() => Sys.ActorOf(Props.Create(() => new PoolHost(TestActor)), ActorImagingHosting.SupervisorName);

    /// <summary>Has the pool hear of so many that have started.</summary>
    private async Task<List<IActorRef>> ExpectProcessorsAsync(IActorRef host, int count)
    {
        var processors = new List<IActorRef>();
        while (processors.Count < count)
        {
            var started = await ExpectMsgAsync<Started>();
            processors.Add(started.Processor);
            await TellAsync(host, pool => pool.Started(started.Processor, Guid.NewGuid()));
        }

        return processors;
    }

    private async Task StopAsync(IActorRef actor)
    {
        await WatchAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor);
    }

    /// <summary>Does something with the pool in its actor, which then orders what is lacking.</summary>
    private static async Task<TAnswer> TellAsync<TAnswer>(IActorRef host, Func<ProcessorPool, TAnswer> act) =>
        (TAnswer)(await host.Ask<Answer>(new Act(pool => act(pool)), TimeSpan.FromSeconds(5))).Value!;

    private sealed record Act(Func<ProcessorPool, object?> Do);

    private sealed record Answer(object? Value);

    private sealed record Started(IActorRef Processor);

    private sealed class PoolHost : ReceiveActor
    {
        public PoolHost(IActorRef spec)
        {
            var pool = new ProcessorPool(Context, Props.Create(() => new Member(spec)), []);
            pool.Refill(TimeSpan.Zero);
            Receive<Act>(act =>
            {
                Sender.Tell(new Answer(act.Do(pool)));
                pool.Refill(TimeSpan.Zero);
            });
            Receive<Terminated>(_ => { }); // it is the spec that says what the pool hears of
        }
    }

    private sealed class Member : ReceiveActor
    {
        private readonly IActorRef _spec;

        public Member(IActorRef spec)
        {
            _spec = spec;
            ReceiveAny(_ => { });
        }

        protected override void PreStart() => _spec.Tell(new Started(Self));
    }
}
