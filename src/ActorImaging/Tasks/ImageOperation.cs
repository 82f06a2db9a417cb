namespace ActorImaging.Tasks;

/// <summary>
/// One change to an image. The hierarchy is closed: what an operation means is written here once, and every engine computes what
/// ImageMagick computes for it.
/// </summary>
/// <remarks>
/// An operation checks itself at construction, so that one which exists is valid. Its text form (<see cref="object.ToString"/>) is what
/// <see cref="OperationParser"/> reads back to an equal operation. Immutable, hence safe on every thread.
/// </remarks>
public abstract record ImageOperation
{
    private protected ImageOperation()
    {
    }

    /// <summary>The word that starts the text form, such as <c>resize</c>.</summary>
    public abstract string Name { get; }
}
