using System.Globalization;

namespace ActorImaging.Cli.Reporting;

/// <summary>
/// Estimates what is left of some work from how fast it went lately. Between two steps it counts down by the clock; where the next one is late, it grows.
/// Not thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RemainingTime(TimeProvider time)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);
    private const int MostSamples = 30; // half a minute at least: long enough for large images, short enough to follow a change

    private readonly long _started = time.GetTimestamp();
    private readonly Queue<Step> _samples = new([default]);
    private Step _newestSample;
    private Step _before;
    private Step _last;

    /// <summary>Takes note of how far the work is.</summary>
    /// <param name="share">What is done of it, 0 to 1.</param>
    /// <returns>The time that is left; null while there is nothing to tell it by.</returns>
    public TimeSpan? After(double share)
    {
        var now = time.GetElapsedTime(_started);
        if (share != _last.Share)
        {
            (_before, _last) = (_last, new Step(now, share));
            Sample(_last);
        }

        var oldest = _samples.Peek();
        if (_last.Share <= oldest.Share || _last.At <= oldest.At)
        {
            return null;
        }

        var sinceLast = now - _last.At;
        var countedDown = Left(oldest, _last) - sinceLast;
        var ifNextComesNow = Left(oldest, new Step(now, Math.Min(1, share + Math.Max(0, share - _before.Share))));
        var late = sinceLast - (_last.At - _before.At);
        return Longer(Longer(countedDown, TimeSpan.Zero), late > TimeSpan.Zero ? ifNextComesNow + late : TimeSpan.Zero);
    }

    /// <summary>A time as people read it: 0:07, 12:30, 1:05:00.</summary>
    public static string Format(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private static TimeSpan Left(Step from, Step to) => (to.At - from.At) * ((1 - to.Share) / (to.Share - from.Share));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Sample(Step step)
    {
        if (step.At - _newestSample.At >= SampleInterval)
        {
            _samples.Enqueue(_newestSample = step);
            if (_samples.Count > MostSamples)
            {
                _samples.Dequeue();
            }
        }
    }

    private readonly record struct Step(TimeSpan At, double Share);
}
