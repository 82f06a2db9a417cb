using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// A bar with a share and an estimate of what is left, where somebody can see it; otherwise a line for each phase and each tenth of the work.
/// </summary>
internal sealed class ProgressDisplay(IAnsiConsole console, bool isQuiet)
{
    private const int LinesOfTheWhole = 10;

    /// <summary>Says how far the work is.</summary>
    /// <param name="phase">What is done now.</param>
    /// <param name="detail">More of it; may have several lines.</param>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all.</param>
    internal delegate void Update(string phase, string detail, long done, long total);

    private bool HasBar => !isQuiet && console.Profile.Capabilities.Interactive;

    /// <summary>Shows work of known steps, done on the calling thread.</summary>
    public T While<T>(string text, int total, Func<Action<string>, T> work)
    {
        var done = 0;
        return WhileAsync(text, update => Task.FromResult(work(_ => update(text, string.Empty, ++done, total)))).GetAwaiter().GetResult();
    }

    /// <summary>Shows work that tells its steps itself.</summary>
    public Task<T> WhileAsync<T>(string text, Func<Update, Task<T>> work)
    {
        if (isQuiet)
        {
            return work((_, _, _, _) => { });
        }

        return HasBar ? WithBarAsync(text, work) : WithLinesAsync(work);
    }

    private Task<T> WithBarAsync<T>(string text, Func<Update, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(text));
            return work((phase, detail, done, total) =>
            {
                bar.Description = Markup.Escape($"{phase} {detail}".TrimEnd());
                bar.MaxValue = total;
                bar.Value = done;
            });
        });

    private Task<T> WithLinesAsync<T>(Func<Update, Task<T>> work)
    {
        var last = (Phase: string.Empty, Part: 0L);
        return work((phase, detail, done, total) =>
        {
            var now = (phase, done * LinesOfTheWhole / Math.Max(1, total));
            if (now != last)
            {
                last = now;
                console.WriteLine(FormattableString.Invariant($"{phase} {detail.Split('\n')[0]} ({100 * done / Math.Max(1, total)} %)"));
            }
        });
    }
}
