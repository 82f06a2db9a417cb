using ActorImaging.Imaging;

namespace ActorImaging.Cli.Jobs;

/// <summary>
/// The file of a job log as others leave it: lines go to its end wherever that is, also when somebody cuts it short meanwhile; and when its name leads
/// elsewhere, since somebody has moved or removed it, it is made again under its name with all that was in it. Who goes on by a log goes on by its
/// name, and without what was in it would take outputs for somebody else's. One thread at a time.
/// </summary>
internal sealed class LogFile : IDisposable
{
    // On Unix a lock that others than the one who writes can share keeps no second writer out; there, whoever only reads needs none
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly string _path;
    private FileStream _file;
    private long _end;

    /// <summary>Opens a file, or begins one.</summary>
    public LogFile(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _file = Open(_path);
        Name = path;
    }

    /// <summary>Its name, as it was given.</summary>
    public string Name { get; }

    /// <summary>Whether somebody has taken away of what was written.</summary>
    public bool WasCutShort { get; private set; }

    /// <summary>What is in it, from its beginning.</summary>
    public FileStream Content
    {
        get
        {
            _file.Position = 0;
            return _file;
        }
    }

    /// <summary>Cuts off what is behind the last whole line.</summary>
    public void CutAt(long endBytes) => _file.SetLength(endBytes);

    /// <summary>Writes a line at the end, whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        Keep();
        var end = RandomAccess.GetLength(_file.SafeFileHandle);
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, line, end);
            (WasCutShort, _end) = (WasCutShort || end < _end, end + line.Length);
        }
        catch (IOException)
        {
            _file.SetLength(end); // a torn line in the middle could not be told from a record
            throw;
        }
    }

    /// <summary>Makes it again where its name leads elsewhere.</summary>
    /// <exception cref="IOException">It can't be, or something else has its name.</exception>
    public void Keep()
    {
        if (FileIdentity.IsOf(_file.SafeFileHandle, _path) != false)
        {
            return;
        }

        var anew = Open(_path);
        if (anew.Length > 0)
        {
            anew.Dispose();
            throw new IOException("another file has come up under its name");
        }

        Content.CopyTo(anew);
        anew.Flush(flushToDisk: true);
        _file.Dispose();
        _file = anew;
    }

    /// <summary>Waits until what was written is on the disk.</summary>
    public void FlushToDisk() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    /// <summary>Closes it.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Share, bufferSize: 0);
}
