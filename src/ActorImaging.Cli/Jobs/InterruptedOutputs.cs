namespace ActorImaging.Cli.Jobs;

/// <summary>
/// Outputs that a run had entered into its log when it was killed, and not yet put under their final names: whole, and under the names that
/// they had meanwhile.
/// </summary>
internal sealed class InterruptedOutputs(OutputNames names)
{
    private readonly List<JobRecord> _records = [];

    /// <summary>Takes note of a record whose output is still under its other name.</summary>
    public void Note(JobRecord record)
    {
        if (record.Partial is not null && File.Exists(PartialOf(record)))
        {
            _records.Add(record);
        }
    }

    /// <summary>Puts them under their final names. One that can't be is made again.</summary>
    public void Finish()
    {
        foreach (var record in _records.Where(IsWhole))
        {
            try
            {
                File.Move(PartialOf(record), names.PathOf(record), overwrite: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The task finds no output and is done again.
            }
        }
    }

    private bool IsWhole(JobRecord record) =>
        ContentDigest.OfFile(PartialOf(record)) is { } digest && ContentDigest.Format(digest) == record.OutputDigest;

    private string PartialOf(JobRecord record) => Path.Combine(Path.GetDirectoryName(names.PathOf(record))!, record.Partial!);
}
