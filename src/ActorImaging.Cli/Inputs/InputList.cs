using System.Text;

namespace ActorImaging.Cli.Inputs;

/// <summary>A list of files, one a line or separated by NUL, which names with line ends in them need. Read lazily.</summary>
/// <param name="path">The list, or - for standard input.</param>
internal sealed class InputList(string path)
{
    private const string StandardInput = "-";

    // Standard input can be read once, but a plan is gone through twice.
    private static readonly Lazy<byte[]> Piped = new(ReadStandardInput);

    private const int ChunkCharacters = 4096;

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

    private static bool TryTake(StringBuilder name, char separator, out string complete)
    {
        complete = separator == '\n' ? name.ToString().TrimEnd('\r') : name.ToString();
        name.Clear();
        return complete.Length > 0;
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var piped = new MemoryStream();
        input.CopyTo(piped);
        return piped.ToArray();
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
            return path == StandardInput ? new StreamReader(new MemoryStream(Piped.Value)) : new StreamReader(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--from-file: expected a readable list of files, but {fault.Message}", fault);
        }
    }
}
