using System.Diagnostics.CodeAnalysis;
using ActorImaging.Tasks;

namespace ActorImaging.Actors;

/// <summary>
/// Whose turn it is: batches share the processors task by task, whatever their size and age. A batch that waits gets a processor after one task of
/// each batch that waits with it. Costs the same for one batch and for ten thousand. A pure data structure.
/// </summary>
/// <remarks>
/// Batches stand in lanes: one for tasks that any processor may take, and one for each processor to which tasks are dealt. A processor looks at
/// the first of both, and takes of the one that came to stand there earlier.
/// </remarks>
/// <param name="processors">How many processors there are.</param>
internal sealed class BatchTurns(int processors)
{
    /// <summary>The lane of tasks that any processor may take.</summary>
    public const int AnyLane = 0;

    /// <summary>How many batches are looked at for one that there is memory for.</summary>
    private const int ReachBatches = 16;

    /// <summary>How many tasks of others may pass a batch that there is no memory for; then they wait until there is.</summary>
    private const int MostPassing = 64;

    private readonly LinkedList<Turn>[] _lanes = [.. Enumerable.Range(0, processors + 1).Select(_ => new LinkedList<Turn>())];
    private readonly HashSet<(BatchId, int)> _standing = [];
    private long _turns;

    /// <summary>The lane of tasks that are dealt to one processor.</summary>
    public static int LaneOf(int slot) => slot + 1;

    /// <summary>A batch has a task that waits in a lane: it gets in line, unless it stands there.</summary>
    public void Enter(OpenBatch batch, int lane)
    {
        if (_standing.Add((batch.Id, lane)))
        {
            _lanes[lane].AddLast(new Turn(batch, ++_turns));
        }
    }

    /// <summary>Takes the next task for a processor.</summary>
    /// <param name="slot">The processor, by its number.</param>
    /// <param name="batch">The batch whose turn it was.</param>
    /// <param name="task">Its task.</param>
    public bool TryTake(int slot, [NotNullWhen(true)] out OpenBatch? batch, [NotNullWhen(true)] out ImageTask? task)
    {
        var dealt = LaneOf(slot);
        var isDealtFirst = _lanes[dealt].First?.Value.Number < (_lanes[AnyLane].First?.Value.Number ?? long.MaxValue);
        return isDealtFirst
            ? TryTakeFrom(dealt, slot, out batch, out task) || TryTakeFrom(AnyLane, slot, out batch, out task)
            : TryTakeFrom(AnyLane, slot, out batch, out task) || TryTakeFrom(dealt, slot, out batch, out task);
    }

    private bool TryTakeFrom(int lane, int slot, [NotNullWhen(true)] out OpenBatch? batch, [NotNullWhen(true)] out ImageTask? task)
    {
        var passed = 0;
        for (var turn = _lanes[lane].First; turn is not null && passed < ReachBatches;)
        {
            var next = turn.Next;
            batch = turn.Value.Batch;
            if (batch.Schedule.CountIn(lane) == 0)
            {
                Leave(turn, lane);
            }
            else if (batch.Schedule.TryTake(slot, out task))
            {
                NotePassing(turn);
                GoToTheEnd(turn, lane);
                return true;
            }
            else if (batch.PassedBy >= MostPassing)
            {
                break;
            }
            else
            {
                passed++;
            }

            turn = next;
        }

        (batch, task) = (null, null);
        return false;
    }

    /// <summary>The one whose turn it was stands behind the others now, unless nothing of it waits here any more.</summary>
    private void GoToTheEnd(LinkedListNode<Turn> turn, int lane)
    {
        if (turn.Value.Batch.Schedule.CountIn(lane) == 0)
        {
            Leave(turn, lane);
            return;
        }

        _lanes[lane].Remove(turn);
        turn.Value = turn.Value with { Number = ++_turns };
        _lanes[lane].AddLast(turn);
    }

    private void Leave(LinkedListNode<Turn> turn, int lane)
    {
        _standing.Remove((turn.Value.Batch.Id, lane));
        _lanes[lane].Remove(turn);
    }

    private static void NotePassing(LinkedListNode<Turn> taken)
    {
        taken.Value.Batch.PassedBy = 0;
        for (var passed = taken.Previous; passed is not null; passed = passed.Previous)
        {
            passed.Value.Batch.PassedBy++;
        }
    }

    private readonly record struct Turn(OpenBatch Batch, long Number);
}
