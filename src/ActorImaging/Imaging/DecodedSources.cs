using System.Diagnostics.CodeAnalysis;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// The decoded sources that are held because more tasks need them. Who knows the tasks says which: a source is held from
/// <see cref="Hold"/> to <see cref="Release"/>, decoded by the first task that opens it, and the memory goes with the last image that was opened
/// from it. A source that is not held is decoded for its task alone. Thread-safe.
/// </summary>
internal sealed class DecodedSources
{
    private readonly Lock _guard = new();
    private readonly Dictionary<ImageSource, HeldSource> _held = [];

    /// <summary>Sources that are held.</summary>
    public int Count
    {
        get
        {
            lock (_guard)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Has a source kept once it is decoded. Each call wants one of <see cref="Release"/>.</summary>
    /// <param name="source">The source.</param>
    public void Hold(ImageSource source)
    {
        lock (_guard)
        {
            if (!_held.TryGetValue(source, out var held))
            {
                _held.Add(source, held = new HeldSource());
            }

            held.Holders++;
        }
    }

    /// <summary>Gives up a source that was held; images that were opened from it stay as they are. Never waits for anybody.</summary>
    /// <param name="source">The source.</param>
    public void Release(ImageSource source)
    {
        HeldSource? held;
        lock (_guard)
        {
            if (!_held.TryGetValue(source, out held) || --held.Holders > 0)
            {
                return;
            }

            _held.Remove(source);
        }

        held.GiveUp();
    }

    /// <summary>Opens an image of a source, and decodes it unless that was done.</summary>
    /// <param name="source">The source.</param>
    /// <param name="permit">The right of the task that wants it.</param>
    /// <param name="decode">Decodes it. Whoever else wants the source meanwhile waits for that.</param>
    /// <param name="hasDecoded">Whether it was decoded now.</param>
    /// <returns>An image of the caller's own, who disposes it.</returns>
    public IEngineImage Open(ImageSource source, TaskPermit permit, Func<IEngineImage> decode, out bool hasDecoded)
    {
        HeldSource? held;
        lock (_guard)
        {
            held = _held.GetValueOrDefault(source);
        }

        if (held is not null && held.TryOpen(permit, decode, out var image, out hasDecoded))
        {
            return image;
        }

        hasDecoded = true;
        return decode();
    }
}
