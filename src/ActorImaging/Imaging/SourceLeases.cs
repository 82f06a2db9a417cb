using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// The leases of the sources that tasks are at work on. Who knows the tasks says how many want a source, from <see cref="Take"/> to the last
/// <see cref="Return"/>, over all batches; meanwhile it is decoded once and counted once. Without a lease a task decodes for itself. Thread-safe.
/// </summary>
/// <param name="canShare">Whether the engine has images that can be shared at all.</param>
internal sealed class SourceLeases(bool canShare = true)
{
    private readonly Lock _guard = new();
    private readonly Dictionary<ImageSource, SourceLease> _leases = [];
    private long _bytes;

    /// <summary>Sources that somebody wants.</summary>
    public int Count
    {
        get
        {
            lock (_guard)
            {
                return _leases.Count;
            }
        }
    }

    /// <summary>Bytes that they take when they are decoded, by estimate.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many bytes more would be taken if one more wanted a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="bytes">What it takes by the estimate of who asks.</param>
    public long MoreBytesFor(ImageSource source, long bytes)
    {
        lock (_guard)
        {
            return _leases.TryGetValue(source, out var lease) ? Math.Max(0, bytes - lease.Bytes) : bytes;
        }
    }

    /// <summary>Takes a source for so many tasks, those that come later too.</summary>
    /// <param name="source">The source.</param>
    /// <param name="tasks">How many tasks want it; each wants one <see cref="Return"/>.</param>
    /// <param name="bytes">What it takes by the estimate of who asks.</param>
    public SourceLease Take(ImageSource source, int tasks, long bytes)
    {
        lock (_guard)
        {
            if (!_leases.TryGetValue(source, out var lease))
            {
                _leases.Add(source, lease = new SourceLease(source, canShare));
            }

            lease.Want(tasks);
            _bytes += Math.Max(0, bytes - lease.Bytes);
            lease.Bytes = Math.Max(bytes, lease.Bytes);
            return lease;
        }
    }

    /// <summary>Tasks want a source no more. When none does, it is let go; never waits for anybody.</summary>
    /// <param name="lease">The lease of the source.</param>
    /// <param name="tasks">How many tasks.</param>
    public void Return(SourceLease lease, int tasks = 1)
    {
        lock (_guard)
        {
            if (lease.WantNoMore(tasks))
            {
                return;
            }

            _leases.Remove(lease.Source);
            _bytes -= lease.Bytes;
        }

        lease.End();
    }

    /// <summary>Nobody wants anything any more.</summary>
    public void ReturnAll()
    {
        SourceLease[] ended;
        lock (_guard)
        {
            ended = [.. _leases.Values];
            _leases.Clear();
            _bytes = 0;
        }

        Array.ForEach(ended, lease => lease.End());
    }

    /// <summary>Opens an image of a source, and decodes it unless that was done.</summary>
    /// <param name="source">The source.</param>
    /// <param name="permit">The right of the task that wants it.</param>
    /// <param name="decode">Decodes it. Whoever else wants the source meanwhile waits for that.</param>
    /// <param name="hasDecoded">Whether it was decoded now.</param>
    /// <returns>An image of the caller's own, who disposes it.</returns>
    public IEngineImage Open(ImageSource source, TaskPermit permit, Func<IEngineImage> decode, out bool hasDecoded)
    {
        SourceLease? lease;
        lock (_guard)
        {
            lease = _leases.GetValueOrDefault(source);
        }

        if (lease is not null && lease.TryOpen(permit, decode, out var image, out hasDecoded))
        {
            return image;
        }

        hasDecoded = true;
        return decode();
    }
}
