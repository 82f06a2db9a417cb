using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ActorImaging.Tasks;

namespace ActorImaging.Hosting;

/// <summary>Puts tasks together that follow each other on one source, so that the supervisor knows of all before it begins one.</summary>
internal static class SourceGroups
{
    /// <summary>The tasks in their order, those of a source together.</summary>
    /// <param name="tasks">The tasks. Those that are there wait for no other: when the next one is not at hand, they go on alone.</param>
    /// <param name="mostTasks">Tasks of a group at the most.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<ImmutableArray<ImageTask>> BySourceAsync(
        this IAsyncEnumerable<ImageTask> tasks, int mostTasks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var group = ImmutableArray.CreateBuilder<ImageTask>();
        var source = tasks.GetAsyncEnumerator(cancellation);
        await using var ending = source.ConfigureAwait(false);
        while (true)
        {
            var next = source.MoveNextAsync();
            if (!next.IsCompleted && group.Count > 0)
            {
                yield return group.DrainToImmutable();
            }

            if (!await next.ConfigureAwait(false))
            {
                break;
            }

            if (group.Count > 0 && group[0].ImageSource != source.Current.ImageSource)
            {
                yield return group.DrainToImmutable();
            }

            group.Add(source.Current);
            if (group.Count == mostTasks)
            {
                yield return group.DrainToImmutable();
            }
        }

        if (group.Count > 0)
        {
            yield return group.DrainToImmutable();
        }
    }
}
