using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
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

        desk.Schedule.Finish(second.Id, isDone: true);

        Assert.Equal(("b", 9), (first.SourcePath, desk.TimeOf(second)));
        Assert.Equal(6, desk.TimeOf(desk.Take()!));
    }

    [Fact]
    public void Should_give_tasks_of_a_source_that_is_being_decoded_when_there_is_nothing_else()
    {
        var desk = new Desk([new("a", 3), new("a", 9)]);

        Assert.Equal([9, 3], [desk.TimeOf(desk.Take()!), desk.TimeOf(desk.Take()!)]);
    }

    [Fact]
    public void Should_hold_a_source_from_its_first_task_to_the_end_of_its_last()
    {
        var desk = new Desk([new("a", 3), new("a", 2)]);
        var first = desk.Take()!;
        Assert.Equal(["a"], desk.Held);
        var second = desk.Take()!;

        desk.Schedule.Finish(second.Id, isDone: true);
        Assert.Equal(["a"], desk.Held);

        desk.Schedule.Finish(first.Id, isDone: false);
        Assert.Empty(desk.Held);
    }

    [Fact]
    public void Should_not_hold_a_source_with_a_single_task()
    {
        var desk = new Desk([new("a", 3)]);

        Assert.NotNull(desk.Take());
        Assert.Empty(desk.Held);
    }

    [Fact]
    public void Should_hold_a_source_once_a_second_task_comes()
    {
        var desk = new Desk([new("a", 3)]);
        desk.Take();
        desk.Add(new PlannedTask("a", 2));

        desk.Take();

        Assert.Equal(["a"], desk.Held);
    }

    [Fact]
    public void Should_keep_a_source_held_for_a_task_that_is_tried_again()
    {
        var desk = new Desk([new("a", 3), new("a", 2)]);
        var (first, second) = (desk.Take()!, desk.Take()!);
        desk.Schedule.Finish(first.Id, isDone: true);

        desk.Schedule.Add(second);
        desk.Schedule.Finish(second.Id, isDone: false);

        Assert.Equal(["a"], desk.Held);
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

        desk.Schedule.Finish(large.Id, isDone: true);
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
            desk.Schedule.Finish(inFlight.Id, isDone: true);
            inFlight = next;
        }

        desk.Schedule.Finish(inFlight.Id, isDone: true);

        Assert.Equal(("large", 64), (desk.Take()!.SourcePath, passing));
    }

    [Fact]
    public void Should_have_nothing_taken_or_held_at_the_end_whatever_happens_on_the_way() =>
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
                    desk.Schedule.Finish(ended.Id, isDone: step == 7);
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
                desk.Schedule.Finish(task.Id, isDone: true);
            }

            return (desk.Held.Count, desk.Memory.TakenBytes, desk.Memory.TasksInFlight, desk.Schedule.Count) == (0, 0, 0, 0);
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
        desk.Schedule.Finish(desk.Take()!.Id, isDone: true);

        desk.Schedule.Clear();

        Assert.Equal((0, inFlight.SourcePath), (desk.Schedule.Count, Assert.Single(desk.Held)));
        desk.Schedule.Finish(inFlight.Id, isDone: true);
        Assert.Equal((0, 0, 0), (desk.Held.Count, desk.Memory.TakenBytes, desk.Memory.TasksInFlight));
    }

    [Fact]
    public void Should_do_every_task_once_hold_every_source_once_and_leave_nothing_held() =>
        Gen.Select(AnyTasks, Gen.Int[1, 6], Gen.Long[1, 200]).Sample((tasks, processors, budget) =>
        {
            var desk = new Desk(tasks, budget);
            desk.Simulate(processors);
            return desk.Done.Order().SequenceEqual(Enumerable.Range(1, tasks.Count).Select(id => (long)id))
                && desk.Held.Count == 0 && desk.MostHoldsOfASource <= 1 && desk.Memory.TakenBytes == 0 && desk.Memory.TasksInFlight == 0;
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

    /// <summary>A schedule, and what it has held.</summary>
    private sealed class Desk
    {
        private readonly List<PlannedTask> _planned = [];
        private readonly Dictionary<string, int> _holds = [];

        public Desk(IEnumerable<PlannedTask> tasks, long budgetBytes = long.MaxValue)
        {
            Memory = new MemoryBudget(budgetBytes);
            Schedule = new TaskSchedule(
                Estimate,
                Memory,
                new SourceHolding(
                    source =>
                    {
                        Assert.True(Held.Add(source.Path));
                        _holds[source.Path] = _holds.GetValueOrDefault(source.Path) + 1;
                    },
                    source => Assert.True(Held.Remove(source.Path))));
            foreach (var task in tasks)
            {
                Add(task);
            }
        }

        public MemoryBudget Memory { get; }

        public TaskSchedule Schedule { get; }

        public HashSet<string> Held { get; } = [];

        public List<long> Done { get; } = [];

        public int MostHoldsOfASource => _holds.Values.DefaultIfEmpty().Max();

        public void Add(PlannedTask task)
        {
            _planned.Add(task);
            Schedule.Add(new ImageTask(new TaskId(_planned.Count), task.Source, [], "out.png"));
        }

        public ImageTask? Take() => Schedule.TryTake(slot: 0, out var task) ? task : null;

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
                Schedule.Finish(ended.Id, isDone: true);
            }
        }

        private TaskEstimate Estimate(ImageTask task)
        {
            var planned = _planned[(int)task.Id.Number - 1];
            return new TaskEstimate(planned.Time, planned.SourceBytes, planned.WorkingBytes);
        }
    }
}
