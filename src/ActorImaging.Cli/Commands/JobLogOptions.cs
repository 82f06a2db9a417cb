using System.CommandLine;
using ActorImaging.Cli.Jobs;

namespace ActorImaging.Cli.Commands;

/// <summary>The options that say what is remembered of a batch, and what of earlier ones counts.</summary>
internal static class JobLogOptions
{
    private static readonly Option<string?> JobLog = new("--job-log")
    {
        Description = "A file that gets a line for each task that ends; what --resume goes by.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Leave out tasks that the job log has as done, where source, operations, settings and output are as they were.",
    };

    private static readonly Option<bool> RetryFailed = new("--retry-failed") { Description = "As --resume, and try again what failed." };

    private static readonly Option<bool> TrustTimes = new("--trust-times")
    {
        Description = "With --resume: take a source of the same length and time for unchanged, without reading it.",
    };

    /// <summary>The options, in the order in which help shows them.</summary>
    public static IEnumerable<Option> All { get; } = [JobLog, Resume, RetryFailed, TrustTimes];

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">They don't go together.</exception>
    public static JobOptions Read(ParseResult parsed)
    {
        var options = new JobOptions(
            parsed.GetValue(JobLog),
            Resumes: parsed.GetValue(Resume) || parsed.GetValue(RetryFailed),
            RetriesFailed: parsed.GetValue(RetryFailed),
            TrustsTimes: parsed.GetValue(TrustTimes));
        Require(options.LogPath is not null || !options.Resumes, $"{Resume.Name}: expected {JobLog.Name} FILE with it, the log of the run to go on with, but there is none");
        Require(options.Resumes || !options.TrustsTimes, $"{TrustTimes.Name}: expected {Resume.Name} or {RetryFailed.Name} with it, but there is neither");
        return options;
    }

    private static void Require(bool isMet, string fault)
    {
        if (!isMet)
        {
            throw new UsageException(fault);
        }
    }
}
