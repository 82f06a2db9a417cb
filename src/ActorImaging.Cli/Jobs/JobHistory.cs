using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>What earlier runs did, by their records: the last one of each output. A hundred bytes an output, whatever the names are.</summary>
internal sealed class JobHistory
{
    private readonly Dictionary<UInt128, Entry> _lastOf = [];
    private readonly HashSet<(UInt128 Output, UInt128 Settings)> _results = [];

    /// <summary>Takes note of a record; later ones count for more.</summary>
    public void Add(JobRecord record)
    {
        var settings = ContentDigest.Of(record.Operations + '\n' + record.Settings);
        _lastOf[ContentDigest.Of(record.Output)] = new Entry(
            record.State,
            settings,
            StateOf(record.SourceBytes, record.SourceModified),
            ContentDigest.Parse(record.SourceDigest),
            StateOf(record.OutputBytes, record.OutputModified),
            ContentDigest.Parse(record.OutputDigest),
            record.Overwrite,
            record.FailureKind == FailureKind.OverLimit);
        if (record.State == TaskState.Succeeded)
        {
            _results.Add((ContentDigest.Parse(record.OutputDigest), settings));
        }
    }

    /// <summary>What is to be done about a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="output">How records name its output.</param>
    /// <param name="settings">The settings that make a difference to it, as records have them.</param>
    /// <param name="source">Its source now.</param>
    /// <param name="trustsTimes">Whether an equal length and time stand for an equal content.</param>
    public JobVerdict Judge(ImageTask task, string output, string settings, PlannedSource source, bool trustsTimes)
    {
        var current = ContentDigest.Of(task.OperationsText + '\n' + settings);
        var isInPlace = Path.GetFullPath(task.SourcePath) == task.OutputPath;
        if (!_lastOf.TryGetValue(ContentDigest.Of(output), out var entry))
        {
            return isInPlace && IsResult(source, current) ? JobVerdict.Done // its result may have been renamed
                : IsEmpty(task.OutputPath) && !isInPlace ? JobVerdict.Ours
                : JobVerdict.New;
        }

        var isSame = entry.Settings == current;
        return entry.State switch
        {
            TaskState.Succeeded when isInPlace => JudgeReplaced(entry, isSame, source, current, trustsTimes),
            TaskState.Succeeded => JudgeWritten(entry, isSame, task.OutputPath, source, trustsTimes),
            TaskState.Skipped when !isInPlace && IsEmpty(task.OutputPath) => JobVerdict.Ours,
            TaskState.Skipped when isSame && entry.Source == source.State && entry.Overwrite == task.Output.Overwrite && File.Exists(task.OutputPath) => JobVerdict.Done,
            TaskState.Failed or TaskState.TimedOut when isSame && entry.Source == source.State && !entry.IsOverLimit => JobVerdict.Failed,
            _ => JobVerdict.New,
        };
    }

    /// <summary>A result that took the place of its source: done as long as the file is that result.</summary>
    private JobVerdict JudgeReplaced(Entry entry, bool isSame, PlannedSource source, UInt128 settings, bool trustsTimes)
    {
        var isUntouched = trustsTimes && isSame && entry.Output == source.State;
        return isUntouched || IsResult(source, settings) ? JobVerdict.Done : JobVerdict.New;
    }

    private bool IsResult(PlannedSource source, UInt128 settings) => source.Digest is { } digest && _results.Contains((digest, settings));

    private static JobVerdict JudgeWritten(Entry entry, bool isSame, string outputPath, PlannedSource source, bool trustsTimes)
    {
        var output = FileState.Of(outputPath);
        var isOurs = output is { } there && (there == entry.Output || (there.Bytes == entry.Output?.Bytes && ContentDigest.OfFile(outputPath) == entry.OutputDigest));
        if (!isOurs)
        {
            return output is null || IsTorn(output.Value, entry) ? JobVerdict.Ours : JobVerdict.New; // somebody else's now: whether it is replaced is theirs to say
        }

        var isUnchanged = entry.Source?.Bytes == source.State?.Bytes
            && ((trustsTimes && entry.Source == source.State) || (entry.SourceDigest != default && source.Digest == entry.SourceDigest));
        return isSame && isUnchanged ? JobVerdict.Done : JobVerdict.Ours;
    }

    /// <summary>What a power failure leaves of an output, and nobody else: nothing, or less of it than was written at that time.</summary>
    private static bool IsTorn(FileState output, Entry entry) =>
        output.Bytes == 0 || (output.Modified == entry.Output?.Modified && output.Bytes < entry.Output?.Bytes);

    /// <summary>Whether a file has nothing in it: no image, and what a power failure leaves where the record of it is gone, too.</summary>
    private static bool IsEmpty(string path) => FileState.Of(path) is { Bytes: 0 };

    private static FileState? StateOf(long? bytes, DateTime? modified) =>
        bytes is { } length && modified is { } time ? new FileState(length, time.ToUniversalTime()) : null;

    private readonly record struct Entry(
        TaskState State,
        UInt128 Settings,
        FileState? Source,
        UInt128 SourceDigest,
        FileState? Output,
        UInt128 OutputDigest,
        OverwritePolicy? Overwrite,
        bool IsOverLimit); // limits may have been raised: looking again costs a header
}

/// <summary>What is to be done about a task that earlier runs may have done.</summary>
internal enum JobVerdict
{
    /// <summary>It is done as any other.</summary>
    New,

    /// <summary>It is done again, and the output that is there, if any, is our own: it is replaced.</summary>
    Ours,

    /// <summary>Its output is there, and nothing has changed.</summary>
    Done,

    /// <summary>It failed, and nothing has changed.</summary>
    Failed,
}
