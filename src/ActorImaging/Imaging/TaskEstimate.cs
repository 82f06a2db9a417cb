namespace ActorImaging.Imaging;

/// <summary>What doing a task will take, before it is begun.</summary>
/// <param name="Time">How long it takes compared with others: a number of no unit, larger for longer; 0 where nothing is known.</param>
/// <param name="SourceBytes">Memory of the decoded source, which the tasks of a source share.</param>
/// <param name="WorkingBytes">Memory beside that, while the task is done.</param>
internal readonly record struct TaskEstimate(double Time, long SourceBytes, long WorkingBytes);
