using System.Text;
using ActorImaging.Cli.Streams;
using ActorImaging.Imaging;
using Microsoft.Win32.SafeHandles;

namespace ActorImaging.Cli.Inputs;

/// <summary>
/// A list of files, one a line or separated by NUL, which names with line ends in them need. Read lazily, any number of times: what comes
/// through a pipe is kept in a temporary file, so that a million names don't sit in memory.
/// </summary>
/// <param name="path">The list, or - for standard input.</param>
internal sealed class InputList(string path) : IDisposable
{
    private const string StandardInput = "-";
    private const int ChunkCharacters = 4096;

    private FileStream? _kept;

    /// <summary>Reads the names. A list with a NUL in its beginning is separated by NULs.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public IEnumerable<string> Read()
    {
        using var reader = Open();
        var separator = IsNulSeparated() ? '\0' : '\n';
        var name = new StringBuilder();
        var chunk = new char[ChunkCharacters];
        for (int read; (read = reader.Read(chunk)) > 0;)
        {
            for (var at = 0; at < read; at++)
            {
                if (chunk[at] != separator)
                {
                    name.Append(chunk[at]);
                }
                else if (TryTake(name, separator, out var complete))
                {
                    yield return complete;
                }
            }
        }

        if (TryTake(name, separator, out var last))
        {
            yield return last;
        }
    }

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => _kept?.Dispose();

    private static bool TryTake(StringBuilder name, char separator, out string complete)
    {
        complete = separator == '\n' ? name.ToString().TrimEnd('\r') : name.ToString();
        name.Clear();
        return complete.Contains('\0', StringComparison.Ordinal)
            ? throw new UsageException("--from-file: expected names on lines or separated by NUL, but a NUL comes late in a list of lines")
            : complete.Length > 0;
    }

    private bool IsNulSeparated()
    {
        using var reader = Open();
        var beginning = new char[ChunkCharacters];
        var read = reader.ReadBlock(beginning);
        return beginning.AsSpan(0, read).Contains('\0');
    }

    private StreamReader Open()
    {
        try
        {
            return new StreamReader(_kept is null ? OpenOriginal() : OpenKept(_kept));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--from-file: expected a readable list of files, but {fault.Message}", fault);
        }
    }

    private Stream OpenOriginal()
    {
        var list = path == StandardInput ? OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return list.CanSeek ? list : OpenKept(_kept = TemporaryFiles.Make(folder => Keep(list, folder)));
    }

    private static Stream OpenStandardInput() => StandardDescriptor.IsClosed(StandardDescriptor.Input)
        ? throw new UsageException("--from-file: expected a list of files on standard input, but it is closed")
        : Console.OpenStandardInput();

    /// <summary>Copies a pipe to a file that has no name any more where that can be, and else goes with its handle: no exit leaves it behind.</summary>
    private static FileStream Keep(Stream list, string folder)
    {
        using (list)
        {
            var kept = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
                });
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(kept.Name);
            }

            list.CopyTo(kept);
            kept.Flush();
            return kept;
        }
    }

    /// <summary>Another look at the same file, with a position of its own.</summary>
    private static FileStream OpenKept(FileStream kept) =>
        new(new SafeFileHandle(kept.SafeFileHandle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read) { Position = 0 };
}
