using System.Globalization;
using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// A bar with a share, an estimate of what is left and a line for each thing that is being done, where somebody can see it; otherwise a line
/// for each phase and each tenth of the work. A display is drawn by the clock and not by what happens: while a task takes a minute, its line says for how long.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="isQuiet">Whether nothing is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressDisplay(IAnsiConsole console, bool isQuiet, TimeProvider time)
{
    private const int LinesOfTheWhole = 10;
    private const int BarCells = 30;
    private const int RowsOfOthers = 3;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly RemainingTime _remaining = new(time);
    private Func<ProgressView> _look = () => new ProgressView("starting", 0, string.Empty, []);

    /// <summary>Whether somebody sees a display that is drawn anew again and again.</summary>
    public bool IsLive => !isQuiet && console.Profile.Capabilities.Interactive;

    /// <summary>Shows work that tells how far it is.</summary>
    /// <param name="work">The work; whenever something has happened, from any thread, it gives a way to look how far it is, which may be asked at any time from then on.</param>
    /// <param name="stopping">Is cancelled when somebody wants the work to stop.</param>
    public Task<T> WhileAsync<T>(Func<Action<Func<ProgressView>>, Task<T>> work, CancellationToken stopping)
    {
        if (isQuiet)
        {
            return work(_ => { });
        }

        return IsLive ? WithBarAsync(work, stopping) : WithLinesAsync(work);
    }

    private Task<T> WithBarAsync<T>(Func<Action<Func<ProgressView>>, Task<T>> work, CancellationToken stopping) => console.Live(Draw(stopping))
        .AutoClear(true)
        .Overflow(VerticalOverflow.Crop)
        .StartAsync(async context =>
        {
            var running = work(look => Volatile.Write(ref _look, look));
            using var timer = new PeriodicTimer(RefreshInterval, time);
            do
            {
                await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask());
                context.UpdateTarget(Draw(stopping));
            }
            while (!running.IsCompleted);

            return await running;
        });

    private Task<T> WithLinesAsync<T>(Func<Action<Func<ProgressView>>, Task<T>> work)
    {
        var last = (Phase: string.Empty, Tenth: 0);
        return work(look =>
        {
            var view = look();
            var left = _remaining.After(view.Share);
            var now = (view.Phase, (int)(view.Share * LinesOfTheWhole));
            if (now != last)
            {
                last = now;
                console.WriteLine($"{Summary(view, left)} ({Percent(view)})");
            }
        });
    }

    private Rows Draw(CancellationToken stopping)
    {
        var view = Volatile.Read(ref _look)();
        var filled = (int)Math.Round(Math.Clamp(view.Share, 0, 1) * BarCells);
        var bar = $"[yellow]{new string('━', filled)}[/][grey]{new string('─', BarCells - filled)}[/] {Percent(view),5}  {Markup.Escape(Summary(view, _remaining.After(view.Share)))}";
        var lines = view.Lines.Take(Math.Max(1, console.Profile.Height - RowsOfOthers)).Select(line => new Text(Shorten($"  {line}")));
        Markup[] notice = stopping.IsCancellationRequested ? [new Markup($"[yellow]{StopSignals.Notice}[/]")] : [];
        return new Rows([new Markup(bar), .. notice, .. lines]);
    }

    /// <summary>The beginning and the end of what is too long: a file's name says more at its end.</summary>
    private string Shorten(string line)
    {
        var most = Math.Max(8, console.Profile.Width - 1);
        return line.Length <= most ? line : $"{line[..(most / 2)]}…{line[^((most - 1) / 2)..]}";
    }

    private static string Summary(ProgressView view, TimeSpan? left)
    {
        string[] parts = [view.Phase, view.Detail, left is { } time ? $"{RemainingTime.Format(time)} left" : string.Empty];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Percent(ProgressView view) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(view.Share, 0, 1) * 100:F0} %");
}
