using ActorImaging.Actors;
using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Actors;

public sealed class BatchLedgerSpecs
{
    private static readonly BatchId Batch = BatchId.Create();

    [Fact]
    public void Should_hear_only_the_last_assignment_of_a_task()
    {
        var ledger = new BatchLedger(Batch);
        Assert.True(ledger.TrySubmit(CreateTask(1), out _));

        ledger.Assign(new TaskId(1), 10);
        Assert.True(ledger.IsCurrent(CreateAssignment(10, 1)));
        ledger.Assign(new TaskId(1), 11);
        Assert.False(ledger.IsCurrent(CreateAssignment(10, 1)));
        ledger.Withdraw(new TaskId(1));
        Assert.False(ledger.IsCurrent(CreateAssignment(11, 1)));
        Assert.True(ledger.IsWaiting(new TaskId(1)));
    }

    [Fact]
    public void Should_count_an_attempt_when_it_begins_and_once()
    {
        var ledger = new BatchLedger(Batch);
        ledger.TrySubmit(CreateTask(1), out _);
        ledger.Assign(new TaskId(1), 10);
        ledger.Withdraw(new TaskId(1)); // it never reached its processor
        ledger.Assign(new TaskId(1), 11);
        Assert.Equal(0, ledger.AttemptsOf(new TaskId(1)));

        Assert.True(ledger.TryBegin(new TaskId(1)));
        Assert.False(ledger.TryBegin(new TaskId(1)));

        Assert.Equal(1, ledger.AttemptsOf(new TaskId(1)));
    }

    [Fact]
    public void Should_account_for_every_task_whatever_becomes_of_it() =>
        Gen.Enum<TaskState>().List[0, 40].Sample(states =>
        {
            var ledger = new BatchLedger(Batch);
            for (var id = 0; id < states.Count; id++)
            {
                ledger.TrySubmit(CreateTask(id), out _);
            }

            for (var id = 0; id < states.Count; id++)
            {
                ledger.End(new TaskId(id), states[id]);
            }

            var summary = ledger.Close(TimeSpan.Zero);
            return summary.IsAccountedFor
                && summary.Submitted == states.Count
                && summary.Succeeded == states.Count(state => state == TaskState.Succeeded)
                && summary.Failed == states.Count(state => state == TaskState.Failed)
                && summary.Cancelled == states.Count(state => state == TaskState.Cancelled)
                && summary.TimedOut == states.Count(state => state == TaskState.TimedOut)
                && summary.Skipped == states.Count(state => state == TaskState.Skipped);
        });

    [Fact]
    public void Should_refuse_to_close_while_a_task_is_open()
    {
        var ledger = new BatchLedger(Batch);
        Assert.True(ledger.TrySubmit(CreateTask(1), out _));

        Assert.Throws<InvalidOperationException>(() => ledger.Close(TimeSpan.Zero));
    }

    private static ImageTask CreateTask(long id) => new(new TaskId(id), "in.png", [], "out.png");

    private static ProcessTask CreateAssignment(long assignment, long task) => new(assignment, Batch, CreateTask(task));
}
