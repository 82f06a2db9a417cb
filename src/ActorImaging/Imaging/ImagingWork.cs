namespace ActorImaging.Imaging;

/// <summary>What the actors need to know of imaging.</summary>
/// <param name="Engine">What decodes, applies and encodes.</param>
/// <param name="Process">Does a task on the calling thread.</param>
/// <param name="Sources">The sources that tasks are at work on; taken and returned by who knows the tasks.</param>
internal sealed record ImagingWork(IImageEngine Engine, ProcessImageTask Process, SourceLeases Sources);
