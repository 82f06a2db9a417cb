using System.Collections.Immutable;
using System.Threading.Channels;
using ActorImaging.Hosting;
using ActorImaging.Tasks;

namespace ActorImaging.Tests.Hosting;

public sealed class SourceGroupsSpecs
{
    [Fact]
    public async Task Should_put_tasks_together_that_follow_each_other_on_one_source()
    {
        var groups = await CreateTasks("a", "a", "b", "a", "c", "c", "c").ToAsyncEnumerable().BySourceAsync(64, CancellationToken.None).ToListAsync();

        Assert.Equal(["a1 a2", "b3", "a4", "c5 c6 c7"], groups.Select(Describe));
    }

    [Fact]
    public async Task Should_cut_groups_at_their_limit()
    {
        var groups = await CreateTasks("a", "a", "a", "a", "a").ToAsyncEnumerable().BySourceAsync(2, CancellationToken.None).ToListAsync();

        Assert.Equal(["a1 a2", "a3 a4", "a5"], groups.Select(Describe));
    }

    [Fact]
    public async Task Should_let_no_task_wait_for_one_that_is_not_there_yet()
    {
        var tasks = Channel.CreateUnbounded<ImageTask>();
        var all = CreateTasks("a", "a", "a");
        tasks.Writer.TryWrite(all[0]);
        tasks.Writer.TryWrite(all[1]);
        await using var groups = tasks.Reader.ReadAllAsync().BySourceAsync(64, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await groups.MoveNextAsync());
        Assert.Equal("a1 a2", Describe(groups.Current));

        tasks.Writer.TryWrite(all[2]);
        tasks.Writer.Complete();
        Assert.True(await groups.MoveNextAsync());
        Assert.Equal("a3", Describe(groups.Current));
        Assert.False(await groups.MoveNextAsync());
    }

    private static string Describe(ImmutableArray<ImageTask> group) => string.Join(' ', group.Select(task => $"{task.SourcePath}{task.Id.Number}"));

    private static List<ImageTask> CreateTasks(params string[] sources) =>
        [.. sources.Select((source, index) => new ImageTask(new TaskId(index + 1), source, [], "out.png"))];
}
