using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ActorImaging.Imaging;

/// <summary>
/// One source that is held: decoded once by whoever opens it first, while the others wait. Who decodes may be given up on, since native code
/// can't be interrupted: then nobody waits for that any more. Thread-safe.
/// </summary>
internal sealed class HeldSource
{
    private readonly object _guard = new();
    private TaskPermit? _decoder;
    private ISharedSource? _decoded;
    private bool _cannotBeShared;

    // What is wrong with the source itself: it would be with the next task, too, after as long a time
    private ExceptionDispatchInfo? _fault;
    private bool _isGivenUp;

    /// <summary>How many want it held; guarded by whoever counts.</summary>
    public int Holders { get; set; }

    /// <summary>Opens an image.</summary>
    /// <param name="permit">The right of the task that wants it.</param>
    /// <param name="decode">Decodes the source.</param>
    /// <param name="image">The image.</param>
    /// <param name="hasDecoded">Whether the source was decoded for it.</param>
    /// <returns>Whether there is one: not when sources of its kind can't be shared, and not once it is given up.</returns>
    /// <exception cref="TaskWithdrawnException">The permit was withdrawn meanwhile.</exception>
    /// <exception cref="ImageTaskTimeoutException">Whoever decoded it ran past its time.</exception>
    public bool TryOpen(TaskPermit permit, Func<IEngineImage> decode, [NotNullWhen(true)] out IEngineImage? image, out bool hasDecoded)
    {
        hasDecoded = false;
        lock (_guard)
        {
            WaitForDecoder(permit);
            _fault?.Throw();
            if (_isGivenUp || _cannotBeShared || _decoded is not null)
            {
                image = _isGivenUp ? null : _decoded?.Open();
                return image is not null;
            }

            _decoder = permit;
        }

        using var givingUp = permit.Token.Register(() => GiveUpOn(permit));
        image = DecodeFirst(permit, decode);
        hasDecoded = true;
        return true;
    }

    /// <summary>Lets the decoded pixels go; images that were opened stay as they are. Never waits for who decodes.</summary>
    public void GiveUp()
    {
        lock (_guard)
        {
            _isGivenUp = true;
            _decoded?.Dispose();
            _decoded = null;
            Monitor.PulseAll(_guard);
        }
    }

    /// <summary>Waits with its clock stopped: the clock of who decodes runs.</summary>
    private void WaitForDecoder(TaskPermit permit)
    {
        if (_decoder is null || _isGivenUp)
        {
            return;
        }

        permit.Pause();
        var waking = permit.Token.UnsafeRegister(static held => ((HeldSource)held!).Wake(), this);
        while (_decoder is not null && !_isGivenUp && !permit.IsWithdrawn)
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
            if (_decoder != permit || _isGivenUp)
            {
                shared?.Dispose();
            }
            else
            {
                _decoded = shared;
                _cannotBeShared = shared is null && !hasFailed;
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
