namespace ActorImaging.Peers;

/// <summary>A workload done by all programs in turn, so that what happens to the machine happens to all.</summary>
/// <param name="workload">The work.</param>
/// <param name="folder">The folder on which files and outputs are kept, better in memory.</param>
/// <param name="rounds">How often each program does it.</param>
/// <param name="program">What the names of other programs contain that do it.</param>
internal sealed class Comparison(Workload workload, string folder, int rounds, string program)
{
    private const int Samples = 36;

    /// <summary>Runs it.</summary>
    public IReadOnlyList<PeerReport> Run()
    {
        var inputs = Directory.CreateDirectory(Path.Combine(folder, workload.Name)).FullName;
        Console.Error.WriteLine($"{workload.Name}: making files");
        workload.MakeInputs(inputs);
        var check = new OutputCheck(workload, inputs, Samples);
        var peers = Programs.All.Where(peer => peer.Workloads.Contains(workload.Name) && (peer.Name.Contains("ActorImaging", StringComparison.Ordinal) || peer.Name.Contains(program, StringComparison.Ordinal))).ToList();
        var measured = peers.ToDictionary(peer => peer, _ => new List<Measurement>());
        var made = new Dictionary<Peer, OutputReport>();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var peer in peers.Skip(round % peers.Count).Concat(peers.Take(round % peers.Count)))
            {
                var outputs = FreshPath();
                var measurement = Measurement.Run(CommandOf(peer, workload.InputsIn(inputs), outputs));
                Console.Error.WriteLine(FormattableString.Invariant($"{workload.Name} {round}/{rounds}: {peer.Name} {measurement.Wall.TotalSeconds:F2} s"));
                measured[peer].Add(measurement);
                if (round == 1)
                {
                    made[peer] = check.Check(peer, outputs);
                }

                Directory.Delete(outputs, recursive: true);
            }
        }

        return [.. peers.Select(peer => new PeerReport(peer, Median(measured[peer]), made[peer]))];
    }

    /// <summary>A path where nothing is: what a run that was broken off has left there would be taken for done.</summary>
    private string FreshPath()
    {
        var outputs = Path.Combine(folder, "outputs");
        if (Directory.Exists(outputs))
        {
            Directory.Delete(outputs, recursive: true);
        }

        return outputs;
    }

    private string CommandOf(Peer peer, string inputs, string outputs) =>
        $"env CORES={Environment.ProcessorCount} {peer.Environment} $PEERS/cli/{peer.Script}.sh {workload.Name} '{inputs}' '{outputs}' {peer.Options}"
            .Replace("$CORES", FormattableString.Invariant($"{Environment.ProcessorCount}"), StringComparison.Ordinal);

    /// <summary>The run that took the middle time, and the most memory of all.</summary>
    private static Measurement Median(List<Measurement> runs) =>
        runs.OrderBy(run => run.Wall).ElementAt(runs.Count / 2) with { PeakBytes = runs.Max(run => run.PeakBytes) };
}

/// <summary>A program's result.</summary>
internal sealed record PeerReport(Peer Peer, Measurement Measurement, OutputReport Outputs);
