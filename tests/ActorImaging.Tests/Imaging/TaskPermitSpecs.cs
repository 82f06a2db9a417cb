using ActorImaging.Imaging;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Imaging;

public sealed class TaskPermitSpecs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Should_count_from_the_start_and_leave_out_what_was_spent_waiting_for_another_task()
    {
        var permit = new TaskPermit(_time, Limit);
        _time.Advance(TimeSpan.FromMinutes(1));
        permit.Start();
        _time.Advance(TimeSpan.FromSeconds(3));

        permit.Pause();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(3), permit.Elapsed);
        permit.Resume();
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(-3)), (permit.Elapsed, permit.Overdue));
    }

    [Fact]
    public void Should_end_an_attempt_whose_time_is_over_and_not_before()
    {
        var permit = new TaskPermit(_time, Limit);

        _time.Advance(Limit);
        permit.ThrowIfOver(before: "encode");
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Throws<ImageTaskTimeoutException>(() => permit.ThrowIfOver(before: "encode"));
    }

    [Fact]
    public void Should_put_no_output_in_place_once_it_is_withdrawn()
    {
        var permit = new TaskPermit(_time, Limit);

        Assert.True(permit.TryWithdraw());

        Assert.True(permit.Token.IsCancellationRequested);
        Assert.Throws<TaskWithdrawnException>(permit.UseUp);
        Assert.Throws<TaskWithdrawnException>(() => permit.ThrowIfOver(before: "encode"));
        Assert.True(permit.TryWithdraw());
    }

    [Fact]
    public void Should_not_be_withdrawn_once_an_output_is_put_in_place()
    {
        var permit = new TaskPermit(_time, Limit);

        permit.UseUp();

        Assert.False(permit.TryWithdraw());
        Assert.Equal((false, false), (permit.IsWithdrawn, permit.Token.IsCancellationRequested));
    }
}
