using System.Collections.Concurrent;
using System.Text;
using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>
/// A file that gets a line for every task that ends. An output is entered before it goes under its final name, so that whatever stands there
/// is entered, and a run that was killed can be gone on with. Thread-safe.
/// </summary>
internal sealed class JobLog : IDisposable
{
    private readonly LogFile _file;
    private readonly OutputNames _names;
    private readonly Lock _guard = new();
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TaskId, (string Settings, PlannedSource Source)> _expected = new();

    private JobLog(LogFile file, OutputNames names)
    {
        _file = file;
        _names = names;
    }

    /// <summary>Why it can't be written any more; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>What is odd about it; null where nothing is.</summary>
    public string? Notice => _file.WasCutShort ? $"job log '{_file.Name}' was cut short while it was written: --resume knows nothing of what it has lost" : null;

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">How outputs are named.</param>
    /// <param name="onRecord">Is shown the records that are there, first to last.</param>
    /// <exception cref="UsageException">It is no job log, or can't be written, or another run is writing it.</exception>
    public static JobLog Open(string path, OutputNames names, Action<JobRecord> onRecord)
    {
        LogFile? file = null;
        try
        {
            file = new LogFile(path);
            var reader = new JobLogReader(file.Content);
            reader.Read(onRecord);
            file.CutAt(reader.EndBytes);
            return new JobLog(file, names);
        }
        catch (Exception fault)
        {
            file?.Dispose();
            throw fault is IOException or UnauthorizedAccessException
                ? new UsageException($"--job-log: expected a file that can be written, and that no other run is writing, but {fault.Message}", fault)
                : fault;
        }
    }

    /// <summary>Remembers the settings and the source of a task that is about to be handed in, as it was before.</summary>
    public void Expect(ImageTask task, string settings, PlannedSource source) => _expected[task.Id] = (settings, source);

    /// <summary>Enters an output that is whole and about to go under its final name.</summary>
    /// <param name="task">The task.</param>
    /// <param name="partial">The output.</param>
    /// <exception cref="IOException">The log can't be written.</exception>
    public void EnterOutput(ImageTask task, FileStream partial)
    {
        var (settings, source) = _expected[task.Id];
        partial.Flush(flushToDisk: true); // a name that is on the disk before its content is an empty file after a power failure
        Append(RecordOf(task, settings, source, TaskState.Succeeded) with
        {
            SourceDigest = source.StableDigest is { } digest ? ContentDigest.Format(digest) : null,
            OutputBytes = partial.Length,
            OutputModified = File.GetLastWriteTimeUtc(partial.SafeFileHandle),
            OutputDigest = ContentDigest.Format(ContentDigest.OfStream(partial)),
            Partial = Path.GetFileName(partial.Name),
        });
        NoteReplacement(task.OutputPath);
    }

    /// <summary>Enters a task that has ended; one that succeeded is there already.</summary>
    /// <exception cref="IOException">The log can't be written.</exception>
    public void Enter(ImageTaskResult result)
    {
        if (_expected.TryRemove(result.Task.Id, out var expected) && result.State != TaskState.Succeeded)
        {
            var isUnchanged = FileState.Of(expected.Source.Path) == expected.Source.State;
            Append(RecordOf(result.Task, expected.Settings, expected.Source, result.State) with
            {
                SourceBytes = isUnchanged ? expected.Source.State?.Bytes : null, // nobody knows which one was tried: it is, again
                SourceModified = isUnchanged ? expected.Source.State?.Modified : null,
                Overwrite = result.State == TaskState.Skipped ? result.Task.Output.Overwrite : null,
                FailureKind = result.Failure?.Kind,
                FailureReason = result.Failure?.Reason,
            });
        }
    }

    /// <summary>Has all that was entered on the disk: the records, and the names of the outputs in their folders.</summary>
    /// <exception cref="IOException">The log can't be written.</exception>
    public void Complete()
    {
        lock (_guard)
        {
            foreach (var folder in _folders)
            {
                FolderEntries.FlushToDisk(folder);
            }

            Try(_file.Keep);
            Try(_file.FlushToDisk);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Of what takes the place of a file the record is on the disk first, or a power failure could leave a result that would be taken for a source.
    /// </summary>
    private void NoteReplacement(string outputPath)
    {
        lock (_guard)
        {
            _folders.Add(Path.GetDirectoryName(outputPath)!);
            if (File.Exists(outputPath))
            {
                Try(_file.FlushToDisk);
            }
        }
    }

    private JobRecord RecordOf(ImageTask task, string settings, PlannedSource source, TaskState state) => new(
        _names.Of(task), Path.GetFullPath(task.SourcePath), source.State?.Bytes, source.State?.Modified, task.OperationsText, settings, state)
    {
        Ended = DateTime.UtcNow,
    };

    private void Append(JobRecord record)
    {
        var line = Encoding.UTF8.GetBytes(record.ToLine() + '\n');
        lock (_guard)
        {
            Try(() => _file.Append(line));
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = $"job log '{_file.Name}' can't be written: {fault.Message}";
            throw new IOException(Fault, fault);
        }
    }
}
