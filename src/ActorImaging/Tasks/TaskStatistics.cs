namespace ActorImaging.Tasks;

/// <summary>What doing one image task took.</summary>
/// <param name="SourcePixels">Pixels of the source, all frames that were used.</param>
/// <param name="OutputBytes">Bytes written.</param>
/// <param name="Elapsed">From the start of the task on its processor to the output under its final name.</param>
public readonly record struct TaskStatistics(long SourcePixels, long OutputBytes, TimeSpan Elapsed)
{
    /// <summary>Whether this task decoded its source; if not, another had.</summary>
    public bool HasDecoded { get; init; }

    /// <summary>Who did which of its steps.</summary>
    public StepsDone Steps { get; init; }
}
