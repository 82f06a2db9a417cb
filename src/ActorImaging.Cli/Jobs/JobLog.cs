using System.Collections.Concurrent;
using System.Text;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>
/// A file that gets a line for every task that ends. An output is entered before it goes under its final name, so that whatever stands there
/// is entered, and a run that was killed can be gone on with. Thread-safe.
/// </summary>
internal sealed class JobLog : IDisposable
{
    // On Unix a lock that others than the one who writes can share keeps no second writer out; there, whoever only reads needs none
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _file;
    private readonly OutputNames _names;
    private readonly Lock _guard = new();
    private readonly ConcurrentDictionary<TaskId, (string Settings, PlannedSource Source)> _expected = new();

    private JobLog(FileStream file, OutputNames names)
    {
        _file = file;
        _names = names;
    }

    /// <summary>Why it can't be written any more; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">How outputs are named.</param>
    /// <param name="onRecord">Is shown the records that are there, first to last.</param>
    /// <exception cref="UsageException">It is no job log, or can't be written, or another run is writing it.</exception>
    public static JobLog Open(string path, OutputNames names, Action<JobRecord> onRecord)
    {
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Share, bufferSize: 0);
            var reader = new JobLogReader(file);
            reader.Read(onRecord);
            file.SetLength(reader.EndBytes);
            file.Position = reader.EndBytes;
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
        Append(RecordOf(task, settings, source, TaskState.Succeeded) with
        {
            SourceDigest = source.StableDigest is { } digest ? ContentDigest.Format(digest) : null,
            OutputBytes = partial.Length,
            OutputModified = File.GetLastWriteTimeUtc(partial.SafeFileHandle),
            OutputDigest = ContentDigest.Format(ContentDigest.OfStream(partial)),
            Partial = Path.GetFileName(partial.Name),
        });
    }

    /// <summary>Enters a task that has ended; one that succeeded is there already.</summary>
    /// <exception cref="IOException">The log can't be written.</exception>
    public void Enter(ImageTaskResult result)
    {
        if (_expected.TryRemove(result.Task.Id, out var expected) && result.State != TaskState.Succeeded)
        {
            Append(RecordOf(result.Task, expected.Settings, expected.Source, result.State) with
            {
                Overwrite = result.State == TaskState.Skipped ? result.Task.Output.Overwrite : null,
                FailureKind = result.Failure?.Kind,
                FailureReason = result.Failure?.Reason,
            });
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

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
            var end = _file.Position;
            try
            {
                _file.Write(line);
            }
            catch (IOException fault)
            {
                _file.SetLength(end); // a torn line in the middle could not be told from a record
                _file.Position = end;
                Fault = $"job log '{_file.Name}' can't be written: {fault.Message}";
                throw new IOException(Fault, fault);
            }
        }
    }
}
