using Spectre.Console;

namespace ActorImaging.Cli.Reporting;

/// <summary>A bar with a share and an estimate of what is left, where somebody can see it; otherwise a line each time the text changes.</summary>
internal sealed class ProgressDisplay(IAnsiConsole console, bool isQuiet)
{
    /// <summary>Says how far the work is.</summary>
    /// <param name="text">What is done now.</param>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all.</param>
    internal delegate void Update(string text, int done, int total);

    private bool HasBar => !isQuiet && console.Profile.Capabilities.Interactive;

    /// <summary>Shows work of known steps, done on the calling thread.</summary>
    public T While<T>(string text, int total, Func<Action<string>, T> work)
    {
        var done = 0;
        return WhileAsync(text, update => Task.FromResult(work(_ => update(text, ++done, total)))).GetAwaiter().GetResult();
    }

    /// <summary>Shows work that tells its steps itself.</summary>
    public Task<T> WhileAsync<T>(string text, Func<Update, Task<T>> work)
    {
        if (isQuiet)
        {
            return work((_, _, _) => { });
        }

        return HasBar ? WithBarAsync(text, work) : WithLinesAsync(work);
    }

    private Task<T> WithBarAsync<T>(string text, Func<Update, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(text));
            return work((now, done, total) =>
            {
                bar.Description = Markup.Escape(now);
                bar.MaxValue = total;
                bar.Value = done;
            });
        });

    private Task<T> WithLinesAsync<T>(Func<Update, Task<T>> work)
    {
        var last = string.Empty;
        return work((now, done, total) =>
        {
            if (now != last)
            {
                last = now;
                console.WriteLine(FormattableString.Invariant($"{now} ({done} of {total} tasks)"));
            }
        });
    }
}
