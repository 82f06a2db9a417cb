using System.Collections.Immutable;
using Akka.Actor;

namespace ActorImaging.Actors.Bench;

/// <summary>Which run comes when.</summary>
/// <param name="Number">Counts up from 1 over a session.</param>
/// <param name="Row">The row.</param>
/// <param name="Round">The round; 0 is the warm-up.</param>
internal sealed record BenchSlot(int Number, BenchRow Row, int Round);

/// <summary>A comparison that is running: the bench's state.</summary>
internal sealed class BenchSession
{
    private readonly List<BenchRun> _measured = [];
    private readonly int _tasksTotal;
    private int _tasksOfEarlierRuns;

    public BenchSession(Guid bench, BenchPlan plan, IReadOnlyList<BenchRow> rows, IActorRef client)
    {
        Bench = bench;
        Plan = plan;
        Client = client;
        Pending = new Queue<BenchSlot>(
            from round in Enumerable.Range(0, plan.Rounds + 1)
            from row in rows
            select new BenchSlot((round * rows.Count) + row.Number, row, round));
        _tasksTotal = Pending.Sum(slot => BenchRunInProgress.TaskCountOf(slot, plan));
    }

    public Guid Bench { get; }

    public BenchPlan Plan { get; }

    public IActorRef Client { get; }

    public Queue<BenchSlot> Pending { get; }

    public BenchRunInProgress? Run { get; set; }

    public bool IsCancelled { get; set; }

    public IReadOnlyCollection<BenchRun> Measured => _measured;

    public BenchProgressed Progress() =>
        new(Bench, Run!.Slot.Row.Title, Run.Slot.Round, _tasksOfEarlierRuns + Run.Results.Count, _tasksTotal);

    public void Finish(BenchRunInProgress run, ImmutableArray<string> digests)
    {
        _tasksOfEarlierRuns += run.Results.Count;
        if (run.Slot.Round > 0)
        {
            _measured.Add(run.Measured(digests));
        }
    }
}
