using ActorImaging.Actors;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Akka.Actor;

namespace ActorImaging.Tests.Actors;

public sealed class TaskRetriesSpecs
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(100);

    private readonly TaskRetries _retries = new(Delay);
    private readonly OpenBatch _batch = new(
        BatchId.Create(), new DealtTasks(1, new SourceLeases()), ActorRefs.Nobody, windowTasks: 1000, TimeSpan.Zero);

    [Fact]
    public void Should_not_bring_back_all_at_once_what_failed_at_once()
    {
        foreach (var retry in Receive(200))
        {
            _retries.AddDelayed(retry, attempts: 1, TimeSpan.Zero);
        }

        Assert.Equal(0, CountDue(Delay * 0.749));
        Assert.InRange(CountDue(Delay * 0.99), 1, 199);
        CountDue(Delay * 1.25);
        Assert.False(_retries.AreAny);
    }

    [Fact]
    public void Should_wait_twice_as_long_after_each_attempt_until_that_is_a_thousand_times_as_long()
    {
        var retry = Receive(1).Single();
        for (var attempts = 1; attempts <= 100; attempts++)
        {
            var expected = Delay * Math.Min(1 << Math.Min(attempts - 1, 20), 1024);
            _retries.AddDelayed(retry, attempts, TimeSpan.Zero);

            Assert.Equal(0, CountDue(expected * 0.749));
            Assert.Equal(1, CountDue(expected * 1.25));
        }
    }

    [Fact]
    public void Should_forget_what_is_cancelled_while_it_waits()
    {
        var retries = Receive(2);
        _retries.AddDelayed(retries[0], attempts: 1, TimeSpan.Zero);
        _retries.AddAlone(retries[1]);

        _batch.Cancel(givenUpAt: null);

        Assert.Equal((0, false, false), (CountDue(Delay * 2), _retries.TryPeekAlone(out _), _retries.AreAny));
    }

    private List<Retry> Receive(int count) =>
        [.. _batch.Receive(new AddTasks(_batch.Id, 0, [.. Enumerable.Range(1, count).Select(id => new ImageTask(new TaskId(id), "in.png", [], "out.png"))])).Select(task => new Retry(_batch, task))];

    private int CountDue(TimeSpan now)
    {
        var count = 0;
        while (_retries.TryTakeDue(now, out _))
        {
            count++;
        }

        return count;
    }
}
