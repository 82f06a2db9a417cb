using System.Diagnostics.CodeAnalysis;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>The tasks of a batch that wait for a processor, and which of them is next. A pure data structure: it knows no actor.</summary>
internal interface ITaskSchedule
{
    /// <summary>Tasks that wait in a lane (<see cref="BatchTurns"/>).</summary>
    /// <param name="lane">The lane.</param>
    int CountIn(int lane);

    /// <summary>Lets a task wait.</summary>
    /// <returns>The lane that it waits in.</returns>
    int Add(ImageTask task);

    /// <summary>Takes the next task out, if there is one and memory for it.</summary>
    /// <param name="slot">The processor that asks, by its number.</param>
    /// <param name="task">The task.</param>
    bool TryTake(int slot, [NotNullWhen(true)] out ImageTask? task);

    /// <summary>A task that was taken is in flight no more; it may be added again.</summary>
    /// <param name="task">The task.</param>
    void Finish(TaskId task);

    /// <summary>Drops every task that waits.</summary>
    void Clear();
}
