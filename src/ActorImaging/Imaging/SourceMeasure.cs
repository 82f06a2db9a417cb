using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Looks at the headers of sources, a tenth of a millisecond each, so that their tasks can be estimated before they are begun. One thread at
/// a time; of tasks that follow each other on one source only the first costs a look.
/// </summary>
/// <param name="limits">Which formats are read, and how many frames are counted.</param>
internal sealed class SourceMeasure(ImageLimits limits)
{
    private (ImageSource Source, ImageHeader? Header)? _last;

    /// <summary>Adds to a task what its source's header says.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The task; unchanged where that is known already, or the header can't be read: doing the task will say why.</returns>
    public ImageTask Measure(ImageTask task)
    {
        if (task.Header is not null)
        {
            return task;
        }

        if (_last is not { } last || last.Source != task.ImageSource)
        {
            _last = last = (task.ImageSource, task.Content is null or { IsAtHand: true } ? TryRead(task.ImageSource) : null);
        }

        return task with { Header = last.Header };
    }

    /// <summary>Reads what a source says of itself.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public ImageHeader Read(ImageSource source)
    {
        using var stream = SourceStream.Open(source, limits);
        return ImageContainer.Open(stream, source.Settings.Frames, limits).Header;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever is wrong with a source is said by its task")]
    private ImageHeader? TryRead(ImageSource source)
    {
        try
        {
            return Read(source);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
