using ActorImaging.Actors;
using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Actors;

public sealed class TaskScheduleSpecs
{
    [Fact]
    public void Should_keep_the_order_of_arrival_without_costs()
    {
        var schedule = new TaskSchedule(estimateCost: null);
        for (var id = 1; id <= 100; id++)
        {
            schedule.Add(CreateTask(id));
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(id => (long)id), TakeAll(schedule).Select(task => task.Id.Number));
    }

    [Fact]
    public void Should_take_the_longest_first_and_among_equals_the_earliest() => Gen.Int[0, 5].List[0, 50].Sample(costs =>
    {
        var schedule = new TaskSchedule(task => costs[(int)task.Id.Number]);
        for (var id = 0; id < costs.Count; id++)
        {
            schedule.Add(CreateTask(id));
        }

        var expected = Enumerable.Range(0, costs.Count).OrderByDescending(id => costs[id]).Select(id => (long)id);
        return TakeAll(schedule).Select(task => task.Id.Number).SequenceEqual(expected) && schedule.Count == 0;
    });

    private static ImageTask CreateTask(long id) => new(new TaskId(id), "in.png", [], "out.png");

    private static IEnumerable<ImageTask> TakeAll(TaskSchedule schedule)
    {
        while (schedule.TryTake(out var task))
        {
            yield return task;
        }
    }
}
