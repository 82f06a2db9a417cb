namespace ActorImaging.Cli.Jobs;

/// <summary>Reads a job log. What follows its last line end is a line that a killed run has left torn: it is not read. NULs before a record are passed over: a hole in a file that was cut short while it was written.</summary>
internal sealed class JobLogReader(FileStream file)
{
    private const int BufferBytes = 64 * 1024;
    private const byte LineEnd = (byte)'\n';

    private static ReadOnlySpan<byte> Beginning => "{\"schema\":1,\"output\":\""u8;

    /// <summary>Where the last whole line ends, once the log is read.</summary>
    public long EndBytes { get; private set; }

    /// <summary>Reads the log from its beginning to its end. A line that is no record is passed over: its task is done again.</summary>
    /// <param name="onRecord">Is shown each record.</param>
    /// <exception cref="UsageException">The file is something else, and not to be written to.</exception>
    public void Read(Action<JobRecord> onRecord)
    {
        EndBytes = FindBeginning();
        RequireJobLog();
        foreach (var line in Lines())
        {
            EndBytes += line.Length + 1;
            if (JobRecord.FromLine(line.Span.TrimStart((byte)0)) is { } record)
            {
                onRecord(record);
            }
        }
    }

    /// <summary>Where the first byte is that is no NUL; the beginning of a file of nothing else, which is none of ours.</summary>
    private long FindBeginning()
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, read).IndexOfAnyExcept((byte)0) is var at and >= 0)
            {
                return file.Position = file.Position - read + at;
            }
        }

        return file.Position = 0;
    }

    private void RequireJobLog()
    {
        Span<byte> first = stackalloc byte[Beginning.Length];
        var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = EndBytes;
        if (!Beginning.StartsWith(first[..read]))
        {
            throw new UsageException($"--job-log: expected a job log of this version or a new file, but '{file.Name}' is something else");
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        var buffer = new byte[BufferBytes];
        var held = 0;
        for (int read; (read = file.Read(buffer, held, buffer.Length - held)) > 0;)
        {
            held += read;
            var start = 0;
            for (int length; (length = buffer.AsSpan(start, held - start).IndexOf(LineEnd)) >= 0; start += length + 1)
            {
                yield return buffer.AsMemory(start, length);
            }

            held -= start;
            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }
    }
}
