using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ActorImaging.Imaging;

/// <summary>One source that is held: decoded once by whoever opens it first, while the others wait. Thread-safe.</summary>
internal sealed class HeldSource
{
    private readonly Lock _decoding = new();
    private ISharedSource? _decoded;
    private bool _cannotBeShared;

    // What is wrong with the source itself: it would be with the next task, too, after as long a time
    private ExceptionDispatchInfo? _fault;
    private volatile bool _isGivenUp;

    /// <summary>How many want it held; guarded by whoever counts.</summary>
    public int Holders { get; set; }

    /// <summary>Opens an image.</summary>
    /// <param name="decode">Decodes the source.</param>
    /// <param name="image">The image.</param>
    /// <param name="hasDecoded">Whether the source was decoded for it.</param>
    /// <returns>Whether there is one: not when sources of its kind can't be shared, and not once it is given up.</returns>
    public bool TryOpen(Func<IEngineImage> decode, [NotNullWhen(true)] out IEngineImage? image, out bool hasDecoded)
    {
        try
        {
            lock (_decoding)
            {
                hasDecoded = false;
                _fault?.Throw();
                image = _isGivenUp || _cannotBeShared ? null : _decoded?.Open() ?? DecodeFirst(decode, out hasDecoded);
                return image is not null;
            }
        }
        finally
        {
            if (_isGivenUp)
            {
                DisposeDecoded(); // it was given up meanwhile, by somebody who did not wait for this
            }
        }
    }

    /// <summary>Lets the decoded pixels go, as soon as nobody is opening them.</summary>
    public void GiveUp()
    {
        _isGivenUp = true;
        if (_decoding.TryEnter())
        {
            _decoding.Exit();
            DisposeDecoded();
        }
    }

    private IEngineImage DecodeFirst(Func<IEngineImage> decode, out bool hasDecoded)
    {
        var image = Decode(decode);
        hasDecoded = true;
        try
        {
            _decoded = image.Share();
            _cannotBeShared = _decoded is null;
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private IEngineImage Decode(Func<IEngineImage> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception fault) when (FailureClassifier.IsOfSource(fault))
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            throw;
        }
    }

    private void DisposeDecoded()
    {
        lock (_decoding)
        {
            _decoded?.Dispose();
            _decoded = null;
        }
    }
}
