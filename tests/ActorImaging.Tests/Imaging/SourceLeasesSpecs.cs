using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Imaging;

public sealed class SourceLeasesSpecs
{
    private static readonly ImageSource Source = new("a.png", new SourceSettings());
    private static readonly ImageSource Other = new("b.png", new SourceSettings());

    private readonly SourceLeases _leases = new();
    private int _decodes;

    [Fact]
    public void Should_decode_a_source_without_a_lease_for_each_task_alone()
    {
        var (first, second) = (Open(), Open());

        Assert.Equal((2, true, true), (_decodes, first.HasDecoded, second.HasDecoded));
        Assert.Equal(0, _leases.Count);
    }

    [Fact]
    public void Should_decode_a_source_once_that_several_tasks_want()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);

        var (first, second) = (Open(), Open());

        Assert.Equal((1, true, false), (_decodes, first.HasDecoded, second.HasDecoded));
        Assert.Same(first.Image.Shared, second.Image.Shared);
    }

    [Fact]
    public void Should_let_the_pixels_go_with_the_last_task_that_wants_them_and_not_before()
    {
        var lease = _leases.Take(Source, tasks: 2, bytes: 1);
        Assert.Same(lease, _leases.Take(Source, tasks: 1, bytes: 1)); // by another batch
        _leases.Take(Source, tasks: 1, bytes: 1);
        var shared = Open().Image.Shared!;

        _leases.Return(lease, tasks: 2);
        _leases.Return(lease);
        Assert.False(shared.IsDisposed);

        _leases.Return(lease);
        Assert.Equal((true, 0), (shared.IsDisposed, _leases.Count));
    }

    [Fact]
    public void Should_not_share_what_one_task_alone_wants()
    {
        var lease = _leases.Take(Source, tasks: 1, bytes: 1);

        var (image, hasDecoded) = Open();
        Assert.Equal((true, false, false), (hasDecoded, image.IsShared, lease.IsReady));

        _leases.Take(Source, tasks: 1, bytes: 1);
        Assert.Equal((true, true), (Open().Image.IsShared, lease.IsReady));
    }

    [Fact]
    public void Should_open_for_its_last_task_what_was_decoded_for_others()
    {
        var lease = _leases.Take(Source, tasks: 2, bytes: 1);
        Open();
        _leases.Return(lease);

        Assert.False(Open().HasDecoded);
    }

    [Fact]
    public void Should_count_the_bytes_of_a_source_once_by_the_largest_estimate()
    {
        var lease = _leases.Take(Source, tasks: 1, bytes: 10);
        Assert.Equal((0, 0, 5, 15), (_leases.MoreBytesFor(Source, 8), _leases.MoreBytesFor(Source, 10), _leases.MoreBytesFor(Source, 15), _leases.MoreBytesFor(Other, 15)));

        _leases.Take(Source, tasks: 1, bytes: 15);
        var other = _leases.Take(Other, tasks: 1, bytes: 100);
        Assert.Equal(115, _leases.Bytes);

        _leases.Return(lease, tasks: 2);
        Assert.Equal(100, _leases.Bytes);
        _leases.Return(other);
        Assert.Equal(0, _leases.Bytes);
    }

    [Fact]
    public void Should_decode_a_file_anew_that_is_another_one_by_now_and_keep_to_what_is_known_of_one_that_is_gone()
    {
        using var folder = new TemporaryFolder();
        var source = new ImageSource(folder.File("a.png"), new SourceSettings());
        File.WriteAllText(source.Path, "before");
        _leases.Take(source, tasks: 9, bytes: 1);
        Open(source);
        Assert.False(Open(source).HasDecoded);

        File.WriteAllText(source.Path, "now"); // for whoever opens it now: another batch, which began after that
        Assert.Equal((true, false), (Open(source).HasDecoded, Open(source).Image.IsShared));

        File.Delete(source.Path);
        Assert.False(Open(source).HasDecoded);
    }

    [Fact]
    public void Should_not_hold_against_a_file_what_was_wrong_with_the_one_before()
    {
        using var folder = new TemporaryFolder();
        var source = new ImageSource(folder.File("a.png"), new SourceSettings());
        File.WriteAllText(source.Path, "half of it");
        _leases.Take(source, tasks: 9, bytes: 1);
        Assert.Throws<CorruptSourceException>(() => Open(source, () => throw new CorruptSourceException("ends early")));
        Assert.Throws<CorruptSourceException>(() => Open(source));

        File.WriteAllText(source.Path, "all that there is of it");

        Assert.True(Open(source).HasDecoded);
    }

    [Fact]
    public void Should_forget_every_lease_when_nobody_wants_anything_any_more()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        var shared = Open().Image.Shared!;

        _leases.ReturnAll();

        Assert.Equal((0, 0L, true), (_leases.Count, _leases.Bytes, shared.IsDisposed));
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_have_nobody_wait_where_sources_cannot_be_shared()
    {
        var leases = new SourceLeases(canShare: false);
        var lease = leases.Take(Source, tasks: 2, bytes: 1);
        var image = new FakeImage(new FakeSharedSource());

        Assert.True(lease.IsReady);
        leases.Open(Source, Permit(), () => image, out var hasDecoded);
        Assert.Equal((true, false), (hasDecoded, image.IsShared));
    }

    [Fact]
    public void Should_tell_sources_apart_by_how_they_are_read()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        Open();

        Assert.True(Open(Source with { Settings = new SourceSettings { ShrinkBy = 2 } }).HasDecoded);
        Assert.False(Open(new ImageSource("a.png", new SourceSettings())).HasDecoded);
    }

    [Fact]
    public void Should_decode_once_however_many_want_it_first()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() => Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }))).ToList();

        threads.ForEach(thread => thread.Start());
        isDecoding.Wait();
        gate.Set();
        threads.ForEach(thread => thread.Join());

        Assert.Equal(1, _decodes);
    }

    [Fact]
    public void Should_try_again_for_the_next_task_when_decoding_fails()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);

        Assert.Throws<IOException>(() => Open(Source, () => throw new IOException()));

        Assert.True(Open().HasDecoded);
        Assert.False(Open().HasDecoded);
    }

    [Fact]
    public void Should_not_decode_again_while_it_is_wanted_what_can_never_be_decoded()
    {
        var lease = _leases.Take(Source, tasks: 9, bytes: 1);
        Assert.Throws<UnsupportedImageException>(() => Open(Source, () => throw new UnsupportedImageException("is a text")));

        Assert.Throws<UnsupportedImageException>(() => Open());
        Assert.Equal(0, _decodes);

        _leases.Return(lease, tasks: 9);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_dispose_what_was_decoded_when_it_cannot_be_shared_for_want_of_memory()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        var image = new FakeImage(shared: null) { ShareFault = new InsufficientMemoryException() };

        Assert.Throws<InsufficientMemoryException>(() => _leases.Open(Source, Permit(), () => image, out _));

        Assert.True(image.IsDisposed);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_decode_for_each_task_what_cannot_be_shared()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);

        var (first, second, third) = (Open(canBeShared: false), Open(canBeShared: false), Open(canBeShared: false));

        Assert.Equal((3, true, true, true), (_decodes, first.HasDecoded, second.HasDecoded, third.HasDecoded));
    }

    [Fact]
    public void Should_neither_wait_nor_leak_when_nobody_wants_it_more_while_somebody_decodes()
    {
        var lease = _leases.Take(Source, tasks: 9, bytes: 1);
        FakeSharedSource? shared = null;
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var decoding = new Thread(() => shared = Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }).Image.Shared);
        decoding.Start();
        isDecoding.Wait();

        _leases.Return(lease, tasks: 9); // returns at once: the gate is closed

        gate.Set();
        decoding.Join();
        Assert.True(shared!.IsDisposed);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_wake_who_waits_when_nobody_wants_it_more_and_have_the_clock_go_on()
    {
        var lease = _leases.Take(Source, tasks: 9, bytes: 1);
        var time = new FakeTimeProvider();
        var permit = new TaskPermit(time, TimeSpan.FromSeconds(1));
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var decoding = new Thread(() => Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }));
        decoding.Start();
        isDecoding.Wait();
        var waiting = new Thread(() => Open(Source, permit: permit));
        waiting.Start();
        SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));
        time.Advance(TimeSpan.FromHours(1));

        _leases.Return(lease, tasks: 9);
        var isWoken = waiting.Join(TimeSpan.FromSeconds(10));
        gate.Set();
        decoding.Join();

        Assert.True(isWoken);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(1), permit.Overdue);
    }

    [Fact]
    public void Should_not_keep_others_waiting_for_a_decoder_that_was_given_up_because_its_time_was_over()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        var time = new FakeTimeProvider();
        var hanging = new TaskPermit(time, TimeSpan.FromSeconds(1));
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var decoding = new Thread(() => Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }, permit: hanging));
        decoding.Start();
        isDecoding.Wait();
        Exception? heard = null;
        var waiting = new Thread(() => heard = Record.Exception(() => Open()));
        waiting.Start();

        time.Advance(TimeSpan.FromSeconds(2));
        hanging.TryWithdraw();

        Assert.True(waiting.Join(TimeSpan.FromSeconds(10)));
        Assert.IsType<ImageTaskTimeoutException>(heard);
        gate.Set();
        decoding.Join();
    }

    [Fact]
    public void Should_have_another_one_decode_when_the_decoder_was_cancelled()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        var cancelled = Permit();
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        FakeSharedSource? late = null;
        var decoding = new Thread(() => late = Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }, permit: cancelled).Image.Shared);
        decoding.Start();
        isDecoding.Wait();
        cancelled.TryWithdraw();

        Assert.True(Open().HasDecoded);

        gate.Set();
        decoding.Join();
        Assert.True(late!.IsDisposed);
        Assert.False(Open().HasDecoded);
    }

    [Fact]
    public void Should_wake_a_task_that_waits_for_a_decoder_when_nobody_waits_for_it_and_stop_its_clock_meanwhile()
    {
        _leases.Take(Source, tasks: 9, bytes: 1);
        var time = new FakeTimeProvider();
        var permit = new TaskPermit(time, TimeSpan.FromSeconds(1));
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var decoding = new Thread(() => Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }));
        decoding.Start();
        isDecoding.Wait();
        Exception? heard = null;
        var waiting = new Thread(() => heard = Record.Exception(() => Open(Source, permit: permit)));
        waiting.Start();
        SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));

        time.Advance(TimeSpan.FromHours(1));
        Assert.True(permit.Overdue < TimeSpan.Zero);
        permit.TryWithdraw();

        Assert.True(waiting.Join(TimeSpan.FromSeconds(10)));
        Assert.IsType<TaskWithdrawnException>(heard);
        gate.Set();
        decoding.Join();
    }

    private static TaskPermit Permit() => new(TimeProvider.System, Timeout.InfiniteTimeSpan);

    private (FakeImage Image, bool HasDecoded) Open(bool canBeShared = true) => Open(Source, null, canBeShared);

    private (FakeImage Image, bool HasDecoded) Open(ImageSource source, Action? whileDecoding = null, bool canBeShared = true, TaskPermit? permit = null)
    {
        var image = _leases.Open(
            source,
            permit ?? Permit(),
            () =>
            {
                whileDecoding?.Invoke();
                Interlocked.Increment(ref _decodes);
                return new FakeImage(canBeShared ? new FakeSharedSource() : null);
            },
            out var hasDecoded);
        return ((FakeImage)image, hasDecoded);
    }
}
