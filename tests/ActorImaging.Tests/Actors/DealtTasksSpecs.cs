using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using ActorImaging.Tests.Imaging;

namespace ActorImaging.Tests.Actors;

public sealed class DealtTasksSpecs
{
    private readonly SourceLeases _leases = new();
    private readonly DealtTasks _dealt;
    private int _added;

    public DealtTasksSpecs() => _dealt = new DealtTasks(processors: 2, _leases);

    [Fact]
    public void Should_deal_each_task_to_the_next_processor_and_give_it_to_no_other()
    {
        Add("a", "b", "c");

        Assert.Equal(("a1", "c3", null), (Take(0), Take(0), Take(0)));
        Assert.Equal(("b2", null), (Take(1), Take(1)));
    }

    [Fact]
    public void Should_say_how_many_tasks_want_a_source_those_that_wait_and_those_that_come_later_too()
    {
        Add("a", "a");
        Take(0);
        Assert.True(IsShared("a"));

        Add("b");
        Take(0);
        Assert.False(IsShared("b")); // nobody else wants it
        Add("b");
        Assert.True(IsShared("b"));
    }

    [Fact]
    public void Should_lease_a_source_from_its_first_task_to_the_end_of_its_last_or_until_they_are_dropped()
    {
        Add("a", "a", "a", "b");
        Assert.Equal(0, _leases.Count);
        Take(0);
        Take(1);

        _dealt.Finish(new TaskId(1));
        _dealt.Finish(new TaskId(2));
        Assert.Equal(1, _leases.Count);

        _dealt.Clear();
        Assert.Equal((0, 0, 0), (_leases.Count, _dealt.CountIn(BatchTurns.LaneOf(0)), _dealt.CountIn(BatchTurns.LaneOf(1))));
    }

    private void Add(params string[] sources)
    {
        foreach (var source in sources)
        {
            _dealt.Add(new ImageTask(new TaskId(++_added), source, [], "out.png"));
        }
    }

    private string? Take(int slot) => _dealt.TryTake(slot, out var task) ? $"{task.SourcePath}{task.Id.Number}" : null;

    private bool IsShared(string source) => ((FakeImage)_leases.Open(
        new ImageSource(source, new SourceSettings()), new TaskPermit(TimeProvider.System, Timeout.InfiniteTimeSpan), () => new FakeImage(new FakeSharedSource()), out _)).IsShared;
}
