using System.Runtime.CompilerServices;
using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging;
using CsCheck;

namespace ActorImaging.Tests.Actors;

public sealed class TaskScheduleSpecs
{
    private static readonly Gen<IReadOnlyList<PlannedTask>> AnyTasks =
        from sources in Gen.Select(Gen.Int[1, 40], Gen.Int[1, 30].List[1, 6]).List[1, 8]
        select (IReadOnlyList<PlannedTask>)[.. sources.SelectMany((source, index) => source.Item2.Select(time => new PlannedTask($"s{index}", time, SourceBytes: source.Item1, WorkingBytes: time)))];

    [Fact]
    public void Should_begin_on_different_sources_the_one_with_the_most_to_do_first()
    {
        var desk = new Desk([new("a", 5), new("a", 5), new("b", 9), new("c", 4), new("c", 4), new("c", 4)]);

        Assert.Equal(["c", "a", "b"], [desk.Take()!.SourcePath, desk.Take()!.SourcePath, desk.Take()!.SourcePath]);
    }

    [Fact]
    public void Should_prefer_a_source_that_is_decoded_and_its_longest_task()
    {
        var desk = new Desk([new("a", 3), new("a", 9), new("a", 6), new("b", 50)]);
        var first = desk.Take()!;
        var second = desk.Take()!;

        desk.Schedule.Finish(second.Id);

        Assert.Equal(("b", 9), (first.SourcePath, desk.TimeOf(second)));
        Assert.Equal(6, desk.TimeOf(desk.Take()!));
    }

    [Fact]
    public void Should_prefer_a_source_as_soon_as_it_is_decoded_and_not_while_it_is()
    {
        var desk = new Desk([new("a", 9), new("a", 6), new("a", 5), new("b", 7), new("c", 1)]);
        var first = desk.Take()!;
        Assert.Equal("b", desk.Take()!.SourcePath);

        desk.Decode(first);

        Assert.Equal(("a", "a", "c"), (desk.Take()!.SourcePath, desk.Take()!.SourcePath, desk.Take()!.SourcePath));
    }

    [Fact]
    public void Should_prefer_a_source_that_was_begun_and_is_to_be_tried_again_by_one_that_waits_for_nobody()
    {
        var desk = new Desk([new("a", 9), new("a", 6), new("b", 20)]);
        Assert.Equal("b", desk.Take()!.SourcePath);
        var first = desk.Take()!;

        desk.Schedule.Finish(first.Id); // it failed before anything was decoded
        desk.Add(new PlannedTask("c", 50));

        Assert.Equal("a", desk.Take()!.SourcePath);
    }

    [Fact]
    public void Should_give_tasks_of_a_source_that_is_being_decoded_when_there_is_nothing_else()
    {
        var desk = new Desk([new("a", 3), new("a", 9)]);

        Assert.Equal([9, 3], [desk.TimeOf(desk.Take()!), desk.TimeOf(desk.Take()!)]);
    }

    [Fact]
    public void Should_lease_a_source_from_its_first_task_to_the_end_of_its_last()
    {
        var desk = new Desk([new("a", 3), new("a", 2)]);
        Assert.Equal(0, desk.Leases.Count);
        var (first, second) = (desk.Take()!, desk.Take()!);

        desk.Schedule.Finish(second.Id);
        Assert.Equal(1, desk.Leases.Count);

        desk.Schedule.Finish(first.Id);
        Assert.Equal(0, desk.Leases.Count);
    }

    [Fact]
    public void Should_say_how_many_tasks_want_a_source_those_that_come_later_too()
    {
        var desk = new Desk([new("a", 3)]);
        Assert.False(desk.Decode(desk.Take()!).IsShared); // nobody else wants it

        desk.Add(new PlannedTask("a", 2));
        Assert.True(desk.Decode(desk.Take()!).IsShared);
    }

    [Fact]
    public void Should_count_a_source_once_that_two_batches_are_at_work_on()
    {
        var desk = new Desk([new("a", 3, SourceBytes: 60)], budgetBytes: 100);
        var other = new Desk([new("a", 3, SourceBytes: 60), new("b", 1, SourceBytes: 60)], desk);
        var first = desk.Take()!;

        var second = other.Take()!;

        Assert.Equal(("a", 60L, null), (second.SourcePath, desk.Memory.TakenBytes, other.Take()));
        Assert.True(other.Decode(second).IsShared);
        desk.Schedule.Finish(first.Id);
        Assert.Equal(60, desk.Memory.TakenBytes);
        other.Schedule.Finish(second.Id);
        Assert.Equal(0, desk.Memory.TakenBytes);
    }

    [Fact]
    public void Should_keep_the_lease_for_a_task_that_is_tried_again()
    {
        var desk = new Desk([new("a", 3), new("a", 2)]);
        var (first, second) = (desk.Take()!, desk.Take()!);
        desk.Schedule.Finish(first.Id);

        desk.Schedule.Add(second);
        desk.Schedule.Finish(second.Id);

        Assert.Equal(1, desk.Leases.Count);
        Assert.Equal(second.Id, desk.Take()!.Id);
    }

    [Fact]
    public void Should_let_smaller_sources_pass_one_that_there_is_no_memory_for()
    {
        var desk = new Desk([new("small", 1, SourceBytes: 10), new("large", 99, SourceBytes: 90), new("other", 2, SourceBytes: 20)], budgetBytes: 100);
        var large = desk.Take()!;

        Assert.Equal("large", large.SourcePath);
        Assert.Equal("small", desk.Take()!.SourcePath);
        Assert.Null(desk.Take());

        desk.Schedule.Finish(large.Id);
        Assert.Equal("other", desk.Take()!.SourcePath);
    }

    [Fact]
    public void Should_let_only_so_many_pass()
    {
        var desk = new Desk([new("first", 100, SourceBytes: 30), new("large", 99, SourceBytes: 90)], budgetBytes: 100);
        var inFlight = desk.Take()!;
        var passing = 0;
        while (passing < 200)
        {
            desk.Add(new PlannedTask($"small {passing}", 1, SourceBytes: 30)); // there is always one more
            if (desk.Take() is not { } next)
            {
                break;
            }

            passing++;
            desk.Schedule.Finish(inFlight.Id);
            inFlight = next;
        }

        desk.Schedule.Finish(inFlight.Id);

        Assert.Equal(("large", 64), (desk.Take()!.SourcePath, passing));
    }

    [Fact]
    public void Should_let_only_so_many_pass_a_source_that_was_begun_and_whose_next_task_there_is_no_memory_for()
    {
        var desk = new Desk([new("a", 100, SourceBytes: 10, WorkingBytes: 10), new("a", 99, WorkingBytes: 85), new("a", 98, WorkingBytes: 85)], budgetBytes: 100);
        desk.Schedule.Finish(desk.Take()!.Id);
        desk.Add(new PlannedTask("first", 1, SourceBytes: 30));
        for (var turn = 0; turn < 2; turn++)
        {
            var passing = 0;
            desk.Memory.TakeTask(30); // somebody is always in flight
            while (passing < 200 && desk.Take() is { } next)
            {
                passing++;
                desk.Add(new PlannedTask($"small {turn} {passing}", 1, SourceBytes: 30));
                desk.Schedule.Finish(next.Id);
            }

            desk.Memory.GiveTask(30);
            var large = desk.Take()!;
            Assert.Equal((64, "a"), (passing, large.SourcePath));
            desk.Schedule.Finish(large.Id);
        }
    }

    [Fact]
    public void Should_count_the_bytes_of_a_source_by_the_largest_estimate_whenever_it_comes()
    {
        var desk = new Desk([new("a", 3)]);
        desk.Take();

        desk.Add(new PlannedTask("a", 2, SourceBytes: 60));

        Assert.Equal(60, desk.Memory.TakenBytes);
    }

    [Fact]
    public void Should_keep_nothing_of_the_sources_that_are_done_however_many_there_were()
    {
        var desk = new Desk([]);
        var paths = new List<WeakReference>();
        for (var source = 0; source < 1000; source++)
        {
            AddSource(desk, source, paths);
            if (source >= 10) // so that there is always something that waits
            {
                DoThree(desk);
            }
        }

        GC.Collect();
        Assert.InRange(paths.Count(path => path.IsAlive), 1, 200);
        GC.KeepAlive(desk);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddSource(Desk desk, int source, List<WeakReference> paths)
    {
        var path = $"source {source}";
        paths.Add(new WeakReference(path));
        for (var task = 0; task < 3; task++)
        {
            desk.Schedule.Add(new ImageTask(new TaskId((3 * source) + task + 1), path, [], "out.png"));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DoThree(Desk desk)
    {
        for (var task = 0; task < 3; task++)
        {
            desk.Schedule.Finish(desk.Take()!.Id);
        }
    }

    [Fact]
    public void Should_have_nothing_taken_or_leased_at_the_end_whatever_happens_on_the_way() =>
        Gen.Select(AnyTasks, Gen.Int[0, 9].List[0, 120], Gen.Int[10, 200]).Sample((tasks, script, budget) =>
        {
            var desk = new Desk([], budget);
            var (coming, inFlight) = (new Queue<PlannedTask>(tasks), new Queue<ImageTask>());
            foreach (var step in script)
            {
                if (step <= 3 && coming.TryDequeue(out var next))
                {
                    desk.Add(next);
                }
                else if (step <= 6 && desk.Take() is { } task)
                {
                    inFlight.Enqueue(task);
                }
                else if (step <= 8 && inFlight.TryDequeue(out var ended))
                {
                    desk.Schedule.Finish(ended.Id);
                    if (step == 8)
                    {
                        desk.Schedule.Add(ended); // it is tried again
                    }
                }
                else if (step == 9)
                {
                    desk.Schedule.Clear();
                }
            }

            desk.Schedule.Clear();
            foreach (var task in inFlight)
            {
                desk.Schedule.Finish(task.Id);
            }

            return (desk.Leases.Count, desk.Memory.TakenBytes, desk.Memory.TasksInFlight, desk.Schedule.Count) == (0, 0, 0, 0);
        });

    [Fact]
    public void Should_do_alone_what_is_larger_than_the_whole_budget()
    {
        var desk = new Desk([new("huge", 9, SourceBytes: 500, WorkingBytes: 500), new("a", 1, SourceBytes: 1)], budgetBytes: 100);

        Assert.Equal("huge", desk.Take()!.SourcePath);
        Assert.Null(desk.Take());
    }

    [Fact]
    public void Should_drop_everything_that_waits_and_release_what_nobody_works_on()
    {
        var desk = new Desk([new("a", 3), new("a", 2), new("a", 1), new("b", 9), new("b", 8)]);
        var inFlight = desk.Take()!;
        desk.Schedule.Finish(desk.Take()!.Id);

        desk.Schedule.Clear();

        Assert.Equal((0, 1), (desk.Schedule.Count, desk.Leases.Count));
        desk.Schedule.Finish(inFlight.Id);
        Assert.Equal((0, 0, 0), (desk.Leases.Count, desk.Memory.TakenBytes, desk.Memory.TasksInFlight));
    }

    [Fact]
    public void Should_do_every_task_once_and_leave_nothing_leased() =>
        Gen.Select(AnyTasks, Gen.Int[1, 6], Gen.Long[1, 200]).Sample((tasks, processors, budget) =>
        {
            var desk = new Desk(tasks, budget);
            desk.Simulate(processors);
            return desk.Done.Order().SequenceEqual(Enumerable.Range(1, tasks.Count).Select(id => (long)id))
                && desk.Leases.Count == 0 && desk.Memory.TakenBytes == 0 && desk.Memory.TasksInFlight == 0;
        });

    [Fact]
    public void Should_keep_within_the_budget_except_for_a_task_that_is_alone() =>
        Gen.Select(AnyTasks, Gen.Int[1, 6], Gen.Long[1, 200]).Sample((tasks, processors, budget) =>
        {
            var desk = new Desk(tasks, budget);
            desk.Simulate(processors, onTaken: () => Assert.True(desk.Memory.TakenBytes <= budget || desk.Memory.TasksInFlight == 1));
        });

    [Fact]
    public void Should_leave_no_processor_idle_while_a_task_waits_and_end_as_early_as_longest_first_does() =>
        Gen.Select(AnyTasks, Gen.Int[1, 6]).Sample((tasks, processors) =>
        {
            var desk = new Desk(tasks);
            var end = desk.Simulate(processors, onIdle: () => Assert.Equal(0, desk.Schedule.Count));
            return end <= (tasks.Sum(task => task.Time) / (double)processors) + tasks.Max(task => task.Time); // Graham, 1966
        });

    [Fact]
    public void Should_begin_on_as_many_sources_as_there_are_processors() => Gen.Select(AnyTasks, Gen.Int[1, 6]).Sample((tasks, processors) =>
    {
        var desk = new Desk(tasks);
        var count = Math.Min(processors, tasks.DistinctBy(task => task.Source).Count());
        return Enumerable.Range(0, count).Select(_ => desk.Take()!.SourcePath).Distinct().Count() == count;
    });

    private sealed record PlannedTask(string Source, int Time, long SourceBytes = 0, long WorkingBytes = 0);

    /// <summary>A schedule, and what it has taken.</summary>
    private sealed class Desk
    {
        private readonly List<PlannedTask> _planned = [];

        public Desk(IEnumerable<PlannedTask> tasks, long budgetBytes = long.MaxValue)
            : this(tasks, budgetBytes, new SourceLeases())
        {
        }

        /// <summary>Another batch of the same supervisor.</summary>
        public Desk(IEnumerable<PlannedTask> tasks, Desk beside)
            : this(tasks, beside.Memory, beside.Leases)
        {
        }

        private Desk(IEnumerable<PlannedTask> tasks, long budgetBytes, SourceLeases leases)
            : this(tasks, new MemoryBudget(budgetBytes, leases), leases)
        {
        }

        private Desk(IEnumerable<PlannedTask> tasks, MemoryBudget memory, SourceLeases leases)
        {
            (Memory, Leases) = (memory, leases);
            Schedule = new TaskSchedule(Estimate, memory, leases);
            foreach (var task in tasks)
            {
                Add(task);
            }
        }

        public MemoryBudget Memory { get; }

        public TaskSchedule Schedule { get; }

        public SourceLeases Leases { get; }

        public List<long> Done { get; } = [];

        public void Add(PlannedTask task)
        {
            _planned.Add(task);
            Schedule.Add(new ImageTask(new TaskId(_planned.Count), task.Source, [], "out.png"));
        }

        public ImageTask? Take() => Schedule.TryTake(slot: 0, out var task) ? task : null;

        /// <summary>Opens a task's source, as its processor would.</summary>
        public FakeImage Decode(ImageTask task) => (FakeImage)Leases.Open(
            task.ImageSource, new TaskPermit(TimeProvider.System, Timeout.InfiniteTimeSpan), () => new FakeImage(new FakeSharedSource()), out _);

        public int TimeOf(ImageTask task) => _planned[(int)task.Id.Number - 1].Time;

        /// <summary>Lets so many processors do everything, each as long as the task takes.</summary>
        /// <returns>When the last one ends.</returns>
        public double Simulate(int processors, Action? onTaken = null, Action? onIdle = null)
        {
            var (now, end, running) = (0, 0, new PriorityQueue<ImageTask, int>());
            while (true)
            {
                while (running.Count < processors && Take() is { } task)
                {
                    running.Enqueue(task, now + TimeOf(task));
                    onTaken?.Invoke();
                }

                if (running.Count < processors)
                {
                    onIdle?.Invoke();
                }

                if (!running.TryDequeue(out var ended, out now))
                {
                    return Schedule.Count == 0 ? end : throw new InvalidOperationException("tasks wait for ever");
                }

                end = now;
                Done.Add(ended.Id.Number);
                Schedule.Finish(ended.Id);
            }
        }

        private TaskEstimate Estimate(ImageTask task)
        {
            if (_planned.Count == 0)
            {
                return new TaskEstimate(1, 0, 0);
            }

            var planned = _planned[(int)task.Id.Number - 1];
            return new TaskEstimate(planned.Time, planned.SourceBytes, planned.WorkingBytes);
        }
    }
}
