using System.Diagnostics.CodeAnalysis;

namespace ActorImaging.Imaging;

/// <summary>One source that is held: decoded once by whoever opens it first, while the others wait. Thread-safe.</summary>
internal sealed class HeldSource
{
    private readonly Lock _decoding = new();
    private ISharedSource? _decoded;
    private bool _cannotBeShared;
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
        lock (_decoding)
        {
            hasDecoded = false;
            image = _isGivenUp || _cannotBeShared ? null : _decoded?.Open() ?? DecodeFirst(decode, out hasDecoded);
        }

        if (_isGivenUp)
        {
            DisposeDecoded(); // it was given up meanwhile, by somebody who did not wait for this
        }

        return image is not null;
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
        var image = decode();
        hasDecoded = true;
        _decoded = image.Share();
        _cannotBeShared = _decoded is null;
        return image;
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
