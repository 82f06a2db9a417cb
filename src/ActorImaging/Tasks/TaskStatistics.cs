namespace ActorImaging.Tasks;

/// <summary>What doing one image task took.</summary>
/// <param name="SourcePixels">Pixels decoded.</param>
/// <param name="OutputBytes">Bytes written.</param>
/// <param name="Elapsed">From the start of the task on its processor to the output under its final name.</param>
public readonly record struct TaskStatistics(long SourcePixels, long OutputBytes, TimeSpan Elapsed);
