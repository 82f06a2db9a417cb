using System.Collections.Immutable;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging;

/// <summary>An image without pixels.</summary>
/// <param name="shared">What it shares when it is asked to; null when it can't be shared.</param>
internal sealed class FakeImage(FakeSharedSource? shared) : IEngineImage
{
    /// <summary>What it shares, or was opened from.</summary>
    public FakeSharedSource? Shared => shared;

    /// <summary>Whether somebody asked it to share, or it was opened from what is shared.</summary>
    public bool IsShared { get; set; }

    /// <summary>What asking it to share throws.</summary>
    public Exception? ShareFault { get; init; }

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<PixelSize> Sizes => [new(1, 1)];

    public int BitDepth => 8;

    public StepsDone StepsDone => default;

    public ImmutableArray<string> Warnings => [];

    public void Apply(ImageOperation operation)
    {
        // Nothing is done to it.
    }

    public ISharedSource? Share()
    {
        IsShared = true;
        return ShareFault is null ? shared : throw ShareFault;
    }

    public void Encode(ImageFormat format, OutputSettings settings, Stream output)
    {
        // Nothing is written.
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A decoded source without pixels.</summary>
internal sealed class FakeSharedSource : ISharedSource
{
    public bool IsDisposed { get; private set; }

    public IEngineImage Open()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return new FakeImage(this) { IsShared = true };
    }

    public void Dispose() => IsDisposed = true;
}
