using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Actors;

/// <summary>Stands in for an engine: records which tasks ran on which thread, holds them at a gate, and throws when told to.</summary>
internal sealed class FakeWork : IDisposable
{
    /// <summary>
    /// With <c>SPEC_PAUSES=1 dotnet test …</c> it takes its time, by chance, wherever others may then be faster: a spec fails that counts on their not being.
    /// </summary>
    private static readonly bool MakesPauses = Environment.GetEnvironmentVariable("SPEC_PAUSES") is not null;

    private static readonly TaskOutcome Done = new(TaskState.Succeeded, new TaskStatistics(SourcePixels: 1, OutputBytes: 1, TimeSpan.Zero), []);

    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly ManualResetEventSlim _hanging = new();
    private int _running;
    private int _mostRunning;

    /// <summary>Starts of tasks, in order.</summary>
    public ConcurrentQueue<TaskId> Started { get; } = new();

    /// <summary>Ends of tasks, in order. That one has ended the supervisor hears a moment later: see <see cref="SupervisorSpec.AwaitHeardAsync"/>.</summary>
    public ConcurrentQueue<TaskId> Ended { get; } = new();

    /// <summary>The threads that ran tasks.</summary>
    public ConcurrentDictionary<Thread, bool> Threads { get; } = new();

    /// <summary>What a task of this id throws; null for nothing. Asked at each attempt.</summary>
    public Func<ImageTask, Exception?> Fault { get; set; } = _ => null;

    /// <summary>Tasks running now: all that they do of themselves before they hang or come to the gate is done.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most that ever ran at once.</summary>
    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>Waits until so many tasks run.</summary>
    public async Task AwaitRunningAsync(int count)
    {
        for (var patience = Stopwatch.StartNew(); Running != count;)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), $"{Running} tasks run where {count} were expected");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    public void CloseGate() => _gate.Reset();

    public void OpenGate() => _gate.Set();

    /// <summary>This as the work of a supervisor, in which a task takes as long as its id says, and memory as <see cref="EstimateMemory"/> does.</summary>
    public ImagingWork AsWork(SourceLeases sources) => new(new EstimatingEngine(this), Process, sources);

    /// <summary>What a task takes of memory: its source, and while it is done.</summary>
    public Func<ImageTask, (long Source, long Working)> EstimateMemory { get; set; } = _ => (0, 0);

    /// <summary>Tasks that stay in a native call, as it were, until <see cref="EndHanging"/>, whatever becomes of their permits.</summary>
    public Func<ImageTask, bool> Hangs { get; set; } = _ => false;

    /// <summary>Tasks that begin to put their output in place.</summary>
    public Func<ImageTask, bool> UsesUp { get; set; } = _ => false;

    /// <summary>The permits of the last attempts.</summary>
    public ConcurrentDictionary<TaskId, TaskPermit> Permits { get; } = new();

    /// <summary>Lets calls return that hang.</summary>
    public void EndHanging() => _hanging.Set();

    public TaskOutcome Process(ImageTask task, TaskPermit permit)
    {
        MayPause();
        Threads[Thread.CurrentThread] = true;
        Permits[task.Id] = permit;
        Started.Enqueue(task.Id);
        if (UsesUp(task))
        {
            permit.UseUp();
        }

        MayPause();
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            if (Hangs(task))
            {
                _hanging.Wait();
            }

            _gate.Wait();
            permit.ThrowIfOver(before: "the end");
            return Fault(task) is { } fault ? throw fault : Done;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            MayPause();
            Ended.Enqueue(task.Id);
            MayPause();
        }
    }

    public void Dispose()
    {
        OpenGate();
        EndHanging();
        _gate.Dispose();
        _hanging.Dispose();
    }

    private sealed class EstimatingEngine(FakeWork work) : IImageEngine
    {
        public EngineDescription Description => new("fake", "1", "none");

        public bool SharesSources => true;

        public IEngineImage Decode(ImageContainer source, SourceSettings settings) => throw new NotSupportedException();

        public TaskEstimate Estimate(ImageTask task)
        {
            var (source, working) = work.EstimateMemory(task);
            return new TaskEstimate(task.Id.Number, source, working);
        }

        public void ReleaseMemory()
        {
            // It holds none.
        }
    }

    private static void MayPause()
    {
        if (MakesPauses && RandomNumberGenerator.GetInt32(4) == 0)
        {
            Thread.Sleep(RandomNumberGenerator.GetInt32(30));
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
