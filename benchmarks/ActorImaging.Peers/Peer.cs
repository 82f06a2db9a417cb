namespace ActorImaging.Peers;

/// <summary>A program that does workloads.</summary>
/// <param name="Name">The program, and how it is used.</param>
/// <param name="Script">Its script in <c>peers/cli</c>, which takes the workload, the inputs and the folder for outputs.</param>
/// <param name="Workloads">The workloads that it does.</param>
internal sealed record Peer(string Name, string Script, params IReadOnlyList<string> Workloads)
{
    /// <summary>What the script is told beside the workload.</summary>
    public string Options { get; init; } = string.Empty;

    /// <summary>What is set in its environment.</summary>
    public string Environment { get; init; } = string.Empty;

    /// <summary>An operation that it does not have, or null.</summary>
    public string? Lacks { get; init; }
}
