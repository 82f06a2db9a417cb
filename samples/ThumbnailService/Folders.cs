using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ActorImaging.Hosting;
using ActorImaging.Tasks;

namespace ThumbnailService;

/// <summary>What is to be done with which folder.</summary>
/// <param name="Source">The folder whose images are processed, within the one that the service was started with.</param>
/// <param name="Output">The folder that results go to, likewise.</param>
/// <param name="Operations">What is done, such as <c>resize:800x+sharpen</c>.</param>
internal sealed record FolderRequest(string Source, string Output, string Operations);

/// <summary>How one image ended.</summary>
/// <param name="Source">The image.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">Why it failed, if it did.</param>
internal sealed record FolderResult(string Source, string State, string? Reason);

/// <summary>
/// <c>POST /folders</c>: processes a folder of this machine, below the one that the service was started with (<c>--Folders PATH</c>), and answers with each result as it comes. A client that reads slowly slows the
/// batch, down to the listing of the folder; one that leaves cancels it.
/// </summary>
internal static class Folders
{
    public static IResult Process(FolderRequest request, ImageFolders folders, ImagingClient imaging)
    {
        if (folders.Find(request.Source) is not { } source || folders.Find(request.Output) is not { } output || !Directory.Exists(source))
        {
            return Results.Problem($"there is no folder '{request.Source}', or no room for '{request.Output}'", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            return Results.Ok(ResultsOf(TasksOf(source, output, OperationParser.ParseList(request.Operations)), imaging));
        }
        catch (InvalidImageOperationException fault)
        {
            return Results.Problem(fault.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async IAsyncEnumerable<FolderResult> ResultsOf(
        IEnumerable<ImageTask> tasks, ImagingClient imaging, [EnumeratorCancellation] CancellationToken aborted = default)
    {
        await foreach (var result in imaging.ProcessAsync(tasks.ToAsyncEnumerable(), cancellation: aborted))
        {
            yield return new FolderResult(Path.GetFileName(result.Task.SourcePath), $"{result.State}", result.Failure?.Reason);
        }
    }

    private static IEnumerable<ImageTask> TasksOf(string source, string output, ImmutableArray<ImageOperation> operations) => Directory
        .EnumerateFiles(source)
        .Select((path, index) =>
            new ImageTask(new TaskId(index + 1), path, operations, Path.Combine(output, $"{Path.GetFileNameWithoutExtension(path)}.png")));
}
