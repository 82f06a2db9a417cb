using ActorImaging.Cli.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Cli.Tests.Reporting;

public sealed class RemainingTimeSpecs
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Should_know_nothing_before_something_is_done()
    {
        var remaining = new RemainingTime(_time);

        Assert.Null(remaining.After(0));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(remaining.After(0));
    }

    [Fact]
    public void Should_go_on_as_it_went()
    {
        var remaining = new RemainingTime(_time);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(30), remaining.After(0.25));
    }

    [Fact]
    public void Should_follow_a_change_of_speed_within_a_minute()
    {
        var remaining = new RemainingTime(_time);
        var share = 0.0;
        for (var second = 0; second < 100; second++)
        {
            share += 0.005;
            _time.Advance(TimeSpan.FromSeconds(1));
            remaining.After(share);
        }

        TimeSpan? left = null;
        for (var second = 0; second < 60; second++)
        {
            share += 0.001;
            _time.Advance(TimeSpan.FromSeconds(1));
            left = remaining.After(share);
        }

        Assert.InRange(left!.Value.TotalSeconds, (1 - share) / 0.001 * 0.99, (1 - share) / 0.001 * 1.01);
    }

    [Theory]
    [InlineData(30, 510)] // of ten steps of a minute each, one is done and the next half
    [InlineData(60, 480)]
    [InlineData(90, 630)] // half a minute late, which may take as long again: if it came now, four times 150 s would be left
    [InlineData(300, 1680)]
    public void Should_count_down_until_the_next_step_is_late_and_then_grow(int seconds, int left)
    {
        var remaining = new RemainingTime(_time);
        _time.Advance(TimeSpan.FromMinutes(1));
        remaining.After(0.1);

        var shown = remaining.After(0.1);
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            shown = remaining.After(0.1);
        }

        Assert.Equal(left, shown!.Value.TotalSeconds, precision: 3);
    }

    [Fact]
    public void Should_grow_while_the_last_step_is_late()
    {
        var remaining = new RemainingTime(_time);
        _time.Advance(TimeSpan.FromSeconds(10));
        remaining.After(0.5);

        _time.Advance(TimeSpan.FromSeconds(10));
        var due = remaining.After(0.5);
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(40)), (due, remaining.After(0.5)));
    }

    [Theory]
    [InlineData(7, "0:07")]
    [InlineData(750, "12:30")]
    [InlineData(3900, "1:05:00")]
    [InlineData(90_000, "25:00:00")]
    public void Should_read_as_clocks_do(int seconds, string text) => Assert.Equal(text, RemainingTime.Format(TimeSpan.FromSeconds(seconds)));
}
