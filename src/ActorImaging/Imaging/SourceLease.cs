using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// All that is known of one source: how many tasks want it, how many bytes it takes, and whether it is decoded. Where more than one task wants it,
/// whoever opens it first decodes it, while the others wait. Who decodes may be given up on, since native code can't be interrupted: then nobody
/// waits for that any more. Thread-safe.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="canShare">Whether several tasks can have images of one decoded source.</param>
internal sealed class SourceLease(ImageSource source, bool canShare)
{
    private readonly object _guard = new();
    private int _wanting;
    private TaskPermit? _decoder;
    private ISharedSource? _decoded;
    private bool _canShare = canShare;

    // What is wrong with the source itself: it would be with the next task, too, after as long a time
    private ExceptionDispatchInfo? _fault;
    private (long, DateTime)? _fileState; // of which either is known
    private bool _hasEnded;

    /// <summary>The source.</summary>
    public ImageSource Source { get; } = source;

    /// <summary>Bytes that it takes, by the largest estimate; guarded by <see cref="SourceLeases"/>.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether a task that opens it has nobody to wait for: it is decoded, or what is wrong with it is known, or each decodes its own.</summary>
    public bool IsReady
    {
        get
        {
            lock (_guard)
            {
                return _decoded is not null || _fault is not null || !_canShare;
            }
        }
    }

    /// <summary>So many tasks more want it.</summary>
    public void Want(int tasks)
    {
        lock (_guard)
        {
            _wanting += tasks;
        }
    }

    /// <summary>So many tasks want it no more.</summary>
    /// <returns>Whether any are left that do.</returns>
    public bool WantNoMore(int tasks)
    {
        lock (_guard)
        {
            _wanting -= tasks;
            return _wanting > 0;
        }
    }

    /// <summary>Opens an image.</summary>
    /// <param name="permit">The right of the task that wants it.</param>
    /// <param name="decode">Decodes the source.</param>
    /// <param name="image">The image.</param>
    /// <param name="hasDecoded">Whether the source was decoded for it.</param>
    /// <returns>
    /// Whether there is one: not when nobody else wants it, when sources of its kind can't be shared, when the file is another one by now, and once the
    /// lease has ended.
    /// </returns>
    /// <exception cref="TaskWithdrawnException">The permit was withdrawn meanwhile.</exception>
    /// <exception cref="ImageTaskTimeoutException">Whoever decoded it ran past its time.</exception>
    public bool TryOpen(TaskPermit permit, Func<IEngineImage> decode, [NotNullWhen(true)] out IEngineImage? image, out bool hasDecoded)
    {
        hasDecoded = false;
        var fileState = _canShare && Source.Content is null ? SourceFile.StateAt(Source.Path) : null;
        lock (_guard)
        {
            WaitForDecoder(permit);
            var isKnown = (_decoded is not null || _fault is not null) && (fileState is null || fileState == _fileState);
            if (isKnown)
            {
                _fault?.Throw();
            }

            if (isKnown || _hasEnded || !_canShare || _decoded is not null || _fault is not null || _wanting == 1)
            {
                image = isKnown ? _decoded?.Open() : null;
                return image is not null;
            }

            (_decoder, _fileState) = (permit, fileState);
        }

        using var givingUp = permit.Token.Register(() => GiveUpOn(permit));
        image = DecodeFirst(permit, decode);
        hasDecoded = true;
        return true;
    }

    /// <summary>Lets the decoded pixels go; images that were opened stay as they are. Never waits for who decodes.</summary>
    public void End()
    {
        lock (_guard)
        {
            _hasEnded = true;
            _decoded?.Dispose();
            _decoded = null;
            Monitor.PulseAll(_guard);
        }
    }

    /// <summary>Waits with its clock stopped: the clock of who decodes runs.</summary>
    private void WaitForDecoder(TaskPermit permit)
    {
        if (_decoder is null || _hasEnded)
        {
            return;
        }

        permit.Pause();
        var waking = permit.Token.UnsafeRegister(static lease => ((SourceLease)lease!).Wake(), this);
        while (_decoder is not null && !_hasEnded && !permit.IsWithdrawn)
        {
            Monitor.Wait(_guard);
        }

        waking.Unregister(); // not Dispose, which would wait for a Wake that waits for this guard
        permit.Resume();
        permit.ThrowIfOver(before: "decode");
    }

    private void Wake()
    {
        lock (_guard)
        {
            Monitor.PulseAll(_guard);
        }
    }

    /// <summary>
    /// Who decodes was given up on. Ran it past its time, then so would the next, and take one more thread; was it cancelled, another one decodes.
    /// </summary>
    private void GiveUpOn(TaskPermit permit)
    {
        lock (_guard)
        {
            if (_decoder == permit)
            {
                _decoder = null;
                _fault ??= permit.Overdue > TimeSpan.Zero
                    ? ExceptionDispatchInfo.Capture(new ImageTaskTimeoutException("needs its source, which another task could not decode within the time-out (actor-imaging.task-timeout)"))
                    : null;
                Monitor.PulseAll(_guard);
            }
        }
    }

    private IEngineImage DecodeFirst(TaskPermit permit, Func<IEngineImage> decode)
    {
        IEngineImage? image = null;
        try
        {
            image = decode();
            Keep(permit, image.Share());
            return image;
        }
        catch (Exception fault)
        {
            image?.Dispose();
            Keep(permit, shared: null, FailureClassifier.IsOfSource(fault) ? ExceptionDispatchInfo.Capture(fault) : null, hasFailed: true);
            throw;
        }
    }

    /// <summary>Keeps what was decoded, unless it comes too late.</summary>
    private void Keep(TaskPermit permit, ISharedSource? shared, ExceptionDispatchInfo? fault = null, bool hasFailed = false)
    {
        lock (_guard)
        {
            if (_decoder != permit || _hasEnded)
            {
                shared?.Dispose();
            }
            else
            {
                _decoded = shared;
                _canShare = shared is not null || hasFailed;
                _fault ??= fault;
            }

            if (_decoder == permit)
            {
                _decoder = null;
                Monitor.PulseAll(_guard);
            }
        }
    }
}
