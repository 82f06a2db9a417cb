using System.Net.Sockets;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging;

/// <summary>Anything may be at a path, and anything may happen to it while it is read.</summary>
public sealed class SourceFileSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_wait_for_nobody_at_a_pipe()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var make = System.Diagnostics.Process.Start("mkfifo", _folder.File("pipe.png")))
        {
            make.WaitForExit();
        }

        Expect(FailureKind.Unsupported, "pipe.png", "is a pipe, a socket or a device, but an image file was expected");
    }

    [Fact]
    public void Should_refuse_a_socket()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("s")));

        Expect(FailureKind.Unsupported, "s", "is a pipe, a socket or a device, but an image file was expected");
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/random")]
    public void Should_refuse_a_device_also_behind_a_link(string device)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.CreateSymbolicLink(_folder.File("link.png"), device);

        Expect(FailureKind.Unsupported, "link.png", "is a pipe, a socket or a device, but an image file was expected");
    }

    [Fact]
    public void Should_follow_links_to_files_and_refuse_those_that_lead_in_a_circle()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        TestImage.WriteRgb(_folder.Path, "good.png", 8, 8, TestImage.Varied);
        File.CreateSymbolicLink(_folder.File("first.png"), "good.png");
        File.CreateSymbolicLink(_folder.File("second.png"), "first.png");
        File.CreateSymbolicLink(_folder.File("a.png"), "b.png");
        File.CreateSymbolicLink(_folder.File("b.png"), "a.png");
        File.CreateSymbolicLink(_folder.File("nowhere.png"), "gone.png");

        Assert.Equal(TaskState.Succeeded, Process("second.png", _ => { }).State);
        Expect(FailureKind.InputOutput, "a.png", "can't be read: Too many levels of symbolic links");
        Expect(FailureKind.SourceMissing, "nowhere.png", "does not exist");
    }

    [Fact]
    public void Should_try_a_file_again_that_grew_while_it_was_read() => ExpectChanged(file => File.AppendAllText(file, "more"));

    [Fact]
    public void Should_try_a_file_again_that_was_written_anew_while_it_was_read() => ExpectChanged(file =>
    {
        var bytes = File.ReadAllBytes(file);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(bytes);
        stream.Flush();
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, DateTime.UtcNow.AddSeconds(2)); // clocks of file systems may be slow
    });

    [Fact]
    public void Should_try_a_file_again_that_became_shorter_while_it_was_read() => ExpectChanged(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(100);
    });

    /// <summary>It is opened once: whose name goes, is still the file that was looked at.</summary>
    [Fact]
    public void Should_read_to_its_end_what_is_deleted_or_replaced_meanwhile()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write();

        Assert.Equal(TaskState.Succeeded, Process("good.png", File.Delete).State);
        Write();
        Assert.Equal(TaskState.Succeeded, Process("good.png", file =>
        {
            File.Delete(file);
            File.WriteAllText(file, "%PDF-1.4 another one");
        }).State);
        Assert.Equal((400, 400), TestImage.Read(_folder.File("out.png")) is var image ? (image.Width, image.Height) : default);
    }

    private void Write() => TestImage.WriteRgb(_folder.Path, "good.png", 400, 400, TestImage.Varied);

    private void ExpectChanged(Action<string> change)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // where nobody may write while somebody reads
        }

        Write();
        var fault = Assert.ThrowsAny<Exception>(() => Process("good.png", change));
        var failure = FailureClassifier.Classify(fault, CreateTask("good.png"));

        Assert.Equal(FailureKind.InputOutput, failure.Kind); // so it is tried again
        Assert.Matches("^source '.*good.png' can't be read: (was written to|became shorter) while it was read$", failure.Reason);
        Assert.False(File.Exists(_folder.File("out.png")));
    }

    private void Expect(FailureKind kind, string name, string reason)
    {
        var failure = FailureClassifier.Classify(Assert.ThrowsAny<Exception>(() => Process(name, _ => { })), CreateTask(name));

        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith($"source '{_folder.File(name)}' {reason}", failure.Reason, StringComparison.Ordinal);
    }

    private TaskOutcome Process(string name, Action<string> meanwhile)
    {
        var engine = new InterruptedEngine(TestEngine.Accelerated(), () => meanwhile(_folder.File(name)));
        return new ImageTaskPipeline(engine, new SourceLeases(), new ImageLimits()).Process(CreateTask(name));
    }

    private ImageTask CreateTask(string name) => new(new TaskId(1), _folder.File(name), [], _folder.File("out.png"));

    /// <summary>Something happens between the header and the pixels.</summary>
    private sealed class InterruptedEngine(IImageEngine inner, Action meanwhile) : IImageEngine
    {
        public EngineDescription Description => inner.Description;

        public bool SharesSources => false;

        public IEngineImage Decode(ImageContainer source, SourceSettings settings)
        {
            meanwhile();
            return inner.Decode(source, settings);
        }

        public TaskEstimate Estimate(ImageTask task) => inner.Estimate(task);

        public void ReleaseMemory() => inner.ReleaseMemory();
    }
}
