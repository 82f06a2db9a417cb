using System.Globalization;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// Estimates what is left of some work from how fast it went lately. Not thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RemainingTime(TimeProvider time)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);
    private const int MostSamples = 30; // half a minute: long enough for large images, short enough to follow a change

    private readonly long _started = time.GetTimestamp();
    private readonly Queue<(TimeSpan At, double Share)> _samples = new([(TimeSpan.Zero, 0)]);
    private (TimeSpan At, double Share) _newest;

    /// <summary>Takes note of how far the work is.</summary>
    /// <param name="share">What is done of it, 0 to 1.</param>
    /// <returns>The time that is left; null while there is nothing to tell it by.</returns>
    public TimeSpan? After(double share)
    {
        var now = time.GetElapsedTime(_started);
        if (now - _newest.At >= SampleInterval)
        {
            _samples.Enqueue(_newest = (now, share));
            if (_samples.Count > MostSamples)
            {
                _samples.Dequeue();
            }
        }

        var (at, before) = _samples.Peek();
        var gained = share - before;
        return gained > 0 && now > at ? (now - at) * ((1 - share) / gained) : null;
    }

    /// <summary>A time as people read it: 0:07, 12:30, 1:05:00.</summary>
    public static string Format(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
