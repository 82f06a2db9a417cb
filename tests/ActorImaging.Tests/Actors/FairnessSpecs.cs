using System.Collections.Immutable;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;
using CsCheck;

namespace ActorImaging.Tests.Actors;

/// <summary>Batches share processors in turn, task by task, whatever their size and age.</summary>
public sealed class FairnessSpecs : SupervisorSpec
{
    [Theory]
    [InlineData(Distribution.WorkPulling)]
    [InlineData(Distribution.RoundRobin)]
    public async Task Should_begin_a_batch_of_one_beside_a_batch_of_many_before_long(Distribution distribution)
    {
        var begun = new List<TaskBegun>();
        OnBegun = begun.Add;
        Work.CloseGate();
        Work.Hangs = task => task.Id.Number == (distribution == Distribution.WorkPulling ? 200 : 2); // of two at once neither would be the first
        var supervisor = await CreateSupervisorAsync();
        var many = await StartBatchAsync(supervisor, CreateTasks(200), distribution);
        await AwaitRunningAsync(Processors);
        var one = await StartBatchAsync(supervisor, [CreateTask(1000)], distribution);
        await AwaitStatusAsync(supervisor, status => status.OpenTasks == 201);

        Work.OpenGate();
        await ExpectEndAsync(one);
        Work.EndHanging();
        await ExpectEndAsync(many);

        Assert.Equal(Processors + 1, begun.FindIndex(happened => happened.Task.Id == new TaskId(1000))); // behind those in flight, and the next of those that came before
    }

    [Fact]
    public async Task Should_not_be_blocked_by_a_round_robin_batch_that_has_nothing_to_do()
    {
        var supervisor = await CreateSupervisorAsync();
        var idle = BatchId.Create();
        supervisor.Tell(new StartBatch(idle, Distribution.RoundRobin), CreateTestProbe());

        var batch = await StartBatchAsync(supervisor, CreateTasks(5), Distribution.WorkPulling);

        Assert.Equal(5, (await ExpectEndAsync(batch)).Summary.Succeeded);
    }

    [Fact]
    public void Should_give_each_batch_a_task_before_any_gets_another() =>
        Gen.Select(Gen.Int[1, 9].List[1, 12], Gen.Int[1, 4]).Sample((sizes, processors) =>
        {
            var turns = new BatchTurns(processors);
            var batches = sizes.Select((size, number) => CreateBatch(turns, size, number % 2 == 0 ? Distribution.WorkPulling : Distribution.RoundRobin, processors)).ToList();
            var left = sizes.ToArray();
            var sinceServed = new int[sizes.Count];
            while (left.Any(count => count > 0))
            {
                for (var slot = 0; slot < processors; slot++)
                {
                    if (turns.TryTake(slot, out var batch, out _))
                    {
                        var served = batches.IndexOf(batch);
                        left[served]--;
                        sinceServed[served] = 0;
                        for (var other = 0; other < sinceServed.Length; other++)
                        {
                            sinceServed[other] += left[other] > 0 && other != served ? 1 : 0;
                        }
                    }
                }

                // with N processors, each of which goes round by itself where tasks are dealt
                Assert.All(sinceServed, count => Assert.InRange(count, 0, sizes.Count * processors));
            }
        });

    [Fact]
    public void Should_let_only_so_many_tasks_of_others_pass_a_batch_that_there_is_no_memory_for()
    {
        var memory = new MemoryBudget(100, new SourceLeases());
        var turns = new BatchTurns(1);
        var large = CreateBatch(turns, 2, Distribution.WorkPulling, 1, memory, bytes: 90);
        var small = CreateBatch(turns, 200, Distribution.WorkPulling, 1, memory, bytes: 30);
        for (var left = 2; left > 0; left--)
        {
            memory.TakeTask(30); // somebody is always in flight
            var passing = 0;
            while (turns.TryTake(0, out var batch, out var task) && batch == small)
            {
                passing++;
                memory.GiveTask(30);
                memory.TakeTask(30);
                small.Schedule.Finish(task.Id);
            }

            Assert.Equal(left == 2 ? 64 : 1 + 64, passing); // after its first task it is the turn of the other batch
            Assert.Equal(left, large.Schedule.CountIn(BatchTurns.AnyLane));
            memory.GiveTask(30);
            Assert.True(turns.TryTake(0, out var next, out var passed));
            Assert.Same(large, next);
            large.Schedule.Finish(passed.Id);
        }
    }

    private OpenBatch CreateBatch(
        BatchTurns turns, int size, Distribution distribution, int processors, MemoryBudget? memory = null, long bytes = 0)
    {
        var leases = new SourceLeases();
        ITaskSchedule schedule = distribution == Distribution.RoundRobin
            ? new DealtTasks(processors, leases)
            : new TaskSchedule(_ => new TaskEstimate(1, bytes, 0), memory ?? new MemoryBudget(long.MaxValue, leases), leases);
        var batch = new OpenBatch(BatchId.Create(), schedule, TestActor, size, TimeSpan.Zero);
        foreach (var task in batch.Receive(new AddTasks(batch.Id, 0, CreateTasks(size))))
        {
            turns.Enter(batch, schedule.Add(task));
        }

        return batch;
    }
}
