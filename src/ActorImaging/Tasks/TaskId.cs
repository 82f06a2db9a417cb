namespace ActorImaging.Tasks;

/// <summary>Names one image task within its batch.</summary>
/// <param name="Number">Counts up from 1 within the batch.</param>
public readonly record struct TaskId(long Number)
{
    /// <summary>The number with a mark, such as <c>#7</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"#{Number}");
}
