namespace ActorImaging.Cli.Jobs;

/// <summary>What is to be remembered of a batch, and what of earlier ones counts.</summary>
/// <param name="LogPath">The job log, or null.</param>
/// <param name="Resumes">Whether what is done and unchanged is left out.</param>
/// <param name="RetriesFailed">Whether what failed is tried again.</param>
/// <param name="TrustsTimes">Whether an equal length and time stand for an equal content.</param>
internal sealed record JobOptions(string? LogPath, bool Resumes, bool RetriesFailed, bool TrustsTimes);
