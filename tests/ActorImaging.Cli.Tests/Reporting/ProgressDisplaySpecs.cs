using System.Text.RegularExpressions;
using ActorImaging.Cli.Reporting;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace ActorImaging.Cli.Tests.Reporting;

public sealed class ProgressDisplaySpecs : IDisposable
{
    private readonly TestConsole _console = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task Should_write_a_line_for_each_phase_and_each_tenth_where_nobody_looks()
    {
        await new ProgressDisplay(_console, isQuiet: false, TimeProvider.System).WhileAsync(Work, CancellationToken.None);

        Assert.Equal(1 + 11, _console.Lines.Count);
        Assert.Equal("first, 0 of 1 (0 %)", _console.Lines[0]);
        Assert.Matches(@"^second, 50 of 100, \d+:\d\d left \(50 %\)$", _console.Lines[6]);
    }

    [Fact]
    public async Task Should_draw_a_bar_with_a_line_for_each_thing_where_somebody_looks()
    {
        _console.Interactive().Width(60);

        await new ProgressDisplay(_console, isQuiet: false, _time).WhileAsync(
            show =>
            {
                show(() => new ProgressView("processing", 0.5, "1 of 2", ["  1  a short line", $"  2  {new string('x', 100)}.png"]));
                return Task.FromResult(0);
            },
            CancellationToken.None);

        Assert.Contains("━━━━━━━━━━━━━━━───────────────  50 %  processing, 1 of 2", _console.Output, StringComparison.Ordinal);
        Assert.Contains("    1  a short line", _console.Output, StringComparison.Ordinal);
        Assert.InRange(Regex.Match(_console.Output, @"    2  x+…x+\.png").Length, 50, 59);
    }

    [Fact]
    public async Task Should_write_nothing_when_quiet()
    {
        await new ProgressDisplay(_console.Interactive(), isQuiet: true, _time).WhileAsync(Work, CancellationToken.None);

        Assert.Empty(_console.Output);
    }

    [Fact]
    public async Task Should_draw_what_it_is_by_the_clock_while_nothing_happens()
    {
        _console.Interactive().Width(80);
        var started = _time.GetTimestamp();
        var (hasBegun, isDrawn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var showing = new ProgressDisplay(_console, isQuiet: false, _time).WhileAsync(
            async show =>
            {
                show(() => Look(_time.GetElapsedTime(started)));
                hasBegun.SetResult();
                await isDrawn.Task;
                return 0;
            },
            CancellationToken.None);
        await hasBegun.Task;

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isDrawn.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await showing;
        Assert.Matches("  at work for [1-9][0-9]* s", _console.Output);

        ProgressView Look(TimeSpan elapsed)
        {
            if (elapsed > TimeSpan.FromSeconds(1))
            {
                isDrawn.TrySetResult();
            }

            return new ProgressView("processing", 0.5, "1 of 2", [FormattableString.Invariant($"at work for {elapsed.TotalSeconds:F0} s")]);
        }
    }

    private static Task<int> Work(Action<Func<ProgressView>> show)
    {
        show(() => ProgressView.Of("first", 0, 1));
        for (var done = 0; done <= 100; done++)
        {
            var now = ProgressView.Of("second", done, 100);
            show(() => now);
        }

        return Task.FromResult(0);
    }
}
