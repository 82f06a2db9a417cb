using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>
/// Does one image task on the calling thread, from source file to output file. All that a processor knows about imaging.
/// </summary>
/// <param name="task">The task.</param>
/// <param name="permit">The right to go on with it, whose clock has been started.</param>
/// <returns>What came of it.</returns>
internal delegate TaskOutcome ProcessImageTask(ImageTask task, TaskPermit permit);
