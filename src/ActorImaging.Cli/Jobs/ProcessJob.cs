using ActorImaging.Imaging;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Jobs;

/// <summary>A batch with a memory: the log that it writes, and what earlier runs have entered there.</summary>
internal sealed class ProcessJob : IDisposable
{
    private readonly JobOptions _options;
    private readonly OutputNames _names;
    private readonly string _engine;
    private readonly JobHistory _history = new();
    private readonly JobLog? _log;
    private PlannedSource? _source;

    private ProcessJob(JobOptions options, OutputNames names, string engine, bool isDryRun)
    {
        _options = options;
        _names = names;
        _engine = engine;
        if (SourceFile.IsSpecial(options.LogPath!)) // to read what is in one waits for somebody to write into it
        {
            throw new UsageException($"--job-log: expected a file, but '{options.LogPath}' is a pipe, a socket or a device");
        }

        if (!isDryRun)
        {
            _log = OpenLog(options.LogPath!);
        }
        else if (File.Exists(options.LogPath))
        {
            ReadLog(options.LogPath);
        }
    }

    /// <summary>Tasks that earlier runs did, and where nothing has changed since.</summary>
    public long DoneBefore { get; private set; }

    /// <summary>Tasks that failed in an earlier run, and where nothing has changed since.</summary>
    public long FailedBefore { get; private set; }

    /// <summary>Why the log can't be written any more; null while it can.</summary>
    public string? Fault => _log?.Fault;

    /// <summary>What is odd about the log; null where nothing is.</summary>
    public string? Notice => _log?.Notice;

    /// <summary>Opens the log that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="outputFolder">The folder below which outputs go; null when results replace their sources.</param>
    /// <param name="engine">The engine that does the tasks: another one may write other bytes.</param>
    /// <param name="isDryRun">Whether nothing is done, hence nothing entered.</param>
    /// <returns>Null when they name none.</returns>
    /// <exception cref="UsageException">The log can't be used.</exception>
    public static ProcessJob? Open(JobOptions options, string? outputFolder, string engine, bool isDryRun) =>
        options.LogPath is null ? null : new ProcessJob(options, new OutputNames(outputFolder), engine, isDryRun);

    /// <summary>The tasks that are still to be done, lazily.</summary>
    /// <param name="tasks">All tasks, with what their headers say.</param>
    /// <param name="stop">Ends it: looking through what is done may take long, and hands no task on meanwhile.</param>
    public IEnumerable<ImageTask> Remaining(IEnumerable<ImageTask> tasks, CancellationToken stop)
    {
        foreach (var task in tasks.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            var settings = $"{TaskSettingsText.Of(task)} engine={_engine}";
            _source = _source?.Path == task.SourcePath ? _source : new PlannedSource(task.SourcePath);
            var verdict = _options.Resumes ? _history.Judge(task, _names.Of(task), settings, _source, _options.TrustsTimes) : JobVerdict.New;
            if (verdict == JobVerdict.Done)
            {
                DoneBefore++;
            }
            else if (verdict == JobVerdict.Failed && !_options.RetriesFailed)
            {
                FailedBefore++;
            }
            else
            {
                _log?.Expect(task, settings, _source);
                yield return verdict == JobVerdict.Ours ? task with { Output = task.Output with { Overwrite = OverwritePolicy.Always } } : task;
            }
        }
    }

    /// <summary>Enters an output before it goes under its final name.</summary>
    public void EnterOutput(ImageTask task, FileStream partial) => _log!.EnterOutput(task, partial);

    /// <summary>Enters how a task ended.</summary>
    public void Enter(ImageTaskResult result) => Try(log => log.Enter(result));

    /// <summary>Has all of it on the disk, after the last task.</summary>
    public void Complete() => Try(log => log.Complete());

    /// <summary>Closes the log.</summary>
    public void Dispose() => _log?.Dispose();

    private void Try(Action<JobLog> write)
    {
        try
        {
            write(_log!);
        }
        catch (IOException)
        {
            // Fault says it, and the batch stops.
        }
    }

    private JobLog OpenLog(string path)
    {
        var interrupted = new InterruptedOutputs(_names);
        var log = JobLog.Open(path, _names, record =>
        {
            interrupted.Note(record);
            Remember(record);
        });
        if (_options.Resumes)
        {
            interrupted.Finish();
        }

        return log;
    }

    private void ReadLog(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        new JobLogReader(file).Read(Remember);
    }

    private void Remember(JobRecord record)
    {
        if (_options.Resumes)
        {
            _history.Add(record);
        }
    }
}
