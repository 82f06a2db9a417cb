using System.Collections.Immutable;
using ActorImaging.Imaging;
using ActorImaging.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace ActorImaging.Tests.Imaging;

public sealed class DecodedSourcesSpecs
{
    private static readonly ImageSource Source = new("a.png", new SourceSettings());

    private readonly DecodedSources _sources = new();
    private int _decodes;

    [Fact]
    public void Should_decode_a_source_that_is_not_held_for_each_task_alone()
    {
        var (first, second) = (Open(), Open());

        Assert.Equal((2, true, true), (_decodes, first.HasDecoded, second.HasDecoded));
        Assert.Equal(0, _sources.Count);
    }

    [Fact]
    public void Should_decode_a_held_source_once()
    {
        _sources.Hold(Source);

        var (first, second) = (Open(), Open());

        Assert.Equal((1, true, false), (_decodes, first.HasDecoded, second.HasDecoded));
        Assert.Same(first.Image.Shared, second.Image.Shared);
    }

    [Fact]
    public void Should_let_the_pixels_go_when_it_is_released_and_not_before()
    {
        _sources.Hold(Source);
        _sources.Hold(Source); // by another batch
        var shared = Open().Image.Shared!;

        _sources.Release(Source);
        Assert.False(shared.IsDisposed);

        _sources.Release(Source);
        Assert.Equal((true, 0), (shared.IsDisposed, _sources.Count));
    }

    [Fact]
    public void Should_not_mind_a_release_too_many()
    {
        _sources.Release(Source);
        _sources.Hold(Source);
        _sources.Release(Source);
        _sources.Release(Source);

        Assert.Equal(0, _sources.Count);
    }

    [Fact]
    public void Should_tell_sources_apart_by_how_they_are_read()
    {
        _sources.Hold(Source);
        Open();

        Assert.True(Open(Source with { Settings = new SourceSettings { ShrinkBy = 2 } }).HasDecoded);
        Assert.False(Open(new ImageSource("a.png", new SourceSettings())).HasDecoded);
    }

    [Fact]
    public void Should_decode_once_however_many_want_it_first()
    {
        _sources.Hold(Source);
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
        _sources.Hold(Source);

        Assert.Throws<IOException>(() => Open(Source, () => throw new IOException()));

        Assert.True(Open().HasDecoded);
        Assert.False(Open().HasDecoded);
    }

    [Fact]
    public void Should_not_decode_again_while_it_is_held_what_can_never_be_decoded()
    {
        _sources.Hold(Source);
        Assert.Throws<UnsupportedImageException>(() => Open(Source, () => throw new UnsupportedImageException("is a text")));

        Assert.Throws<UnsupportedImageException>(() => Open());
        Assert.Equal(0, _decodes);

        _sources.Release(Source);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_dispose_what_was_decoded_when_it_cannot_be_shared_for_want_of_memory()
    {
        _sources.Hold(Source);
        var image = new FakeImage(shared: null) { ShareFault = new InsufficientMemoryException() };

        Assert.Throws<InsufficientMemoryException>(() => _sources.Open(Source, Permit(), () => image, out _));

        Assert.True(image.IsDisposed);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_decode_for_each_task_what_cannot_be_shared()
    {
        _sources.Hold(Source);

        var (first, second, third) = (Open(canBeShared: false), Open(canBeShared: false), Open(canBeShared: false));

        Assert.Equal((3, true, true, true), (_decodes, first.HasDecoded, second.HasDecoded, third.HasDecoded));
    }

    [Fact]
    public void Should_neither_wait_nor_leak_when_it_is_released_while_somebody_decodes()
    {
        _sources.Hold(Source);
        FakeShared? shared = null;
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var decoding = new Thread(() => shared = Open(Source, () =>
        {
            isDecoding.Set();
            gate.Wait();
        }).Image.Shared);
        decoding.Start();
        isDecoding.Wait();

        _sources.Release(Source); // returns at once: the gate is closed

        gate.Set();
        decoding.Join();
        Assert.True(shared!.IsDisposed);
        Assert.True(Open().HasDecoded);
    }

    [Fact]
    public void Should_wake_who_waits_when_it_is_released_and_have_the_clock_go_on()
    {
        _sources.Hold(Source);
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

        _sources.Release(Source);
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
        _sources.Hold(Source);
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
        _sources.Hold(Source);
        var cancelled = Permit();
        using var isDecoding = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        FakeShared? late = null;
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
        _sources.Hold(Source);
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
        var image = _sources.Open(
            source,
            permit ?? Permit(),
            () =>
            {
                whileDecoding?.Invoke();
                Interlocked.Increment(ref _decodes);
                return new FakeImage(canBeShared ? new FakeShared() : null);
            },
            out var hasDecoded);
        return ((FakeImage)image, hasDecoded);
    }

    private sealed class FakeShared : ISharedSource
    {
        public bool IsDisposed { get; private set; }

        public IEngineImage Open()
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return new FakeImage(this);
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class FakeImage(FakeShared? shared) : IEngineImage
    {
        public FakeShared? Shared => shared;

        public IReadOnlyList<PixelSize> Sizes => [new(1, 1)];

        public int BitDepth => 8;

        public StepsDone StepsDone => default;

        public ImmutableArray<string> Warnings => [];

        public void Apply(ImageOperation operation)
        {
            // Nothing is done to it.
        }

        public Exception? ShareFault { get; init; }

        public bool IsDisposed { get; private set; }

        public ISharedSource? Share() => ShareFault is null ? shared : throw ShareFault;

        public void Encode(ImageFormat format, OutputSettings settings, Stream output)
        {
            // Nothing is written.
        }

        public void Dispose() => IsDisposed = true;
    }
}
