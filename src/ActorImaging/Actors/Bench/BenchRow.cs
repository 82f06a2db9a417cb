namespace ActorImaging.Actors.Bench;

/// <summary>One way of doing the tasks.</summary>
/// <param name="Number">Its number in the report.</param>
/// <param name="Title">What it is called there.</param>
/// <param name="Supervisor">The name of its supervisor below the bench, for which the configuration deploys a pool.</param>
/// <param name="Actors">Processors in that pool.</param>
/// <param name="Cores">Cores that they can run on at once.</param>
/// <param name="Distribution">How tasks reach them.</param>
internal sealed record BenchRow(int Number, string Title, string Supervisor, int Actors, int Cores, Distribution Distribution)
{
    /// <summary>The rows of a comparison.</summary>
    /// <param name="processors">N.</param>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="perTaskActors">Tasks, for a row with an actor and a thread for each; null for no such row.</param>
    internal static IReadOnlyList<BenchRow> All(int processors, int cores, int? perTaskActors)
    {
        var many = Math.Min(processors, cores);
        var rows = new List<BenchRow>
        {
            new(1, "One actor", "one", 1, 1, Distribution.WorkPulling),
            new(2, FormattableString.Invariant($"{processors} actors, round-robin"), "many", processors, many, Distribution.RoundRobin),
            new(3, FormattableString.Invariant($"{processors} actors, work-pulling"), "many", processors, many, Distribution.WorkPulling),
        };
        if (perTaskActors is { } actors)
        {
            var title = FormattableString.Invariant($"{actors} actors, one a task");
            rows.Add(new(4, title, "per-task", actors, Math.Min(actors, cores), Distribution.WorkPulling));
        }

        return rows;
    }
}
