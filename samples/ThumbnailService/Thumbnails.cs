using ActorImaging.Hosting;
using ActorImaging.Tasks;

namespace ThumbnailService;

/// <summary>
/// <c>POST /thumbnails?side=200</c>: takes an image of any format as the body and answers with a JPEG that lies within a square. While all
/// processors are busy a request waits; threads of the web server never do image work.
/// </summary>
internal static class Thumbnails
{
    private const int DefaultSide = 200;

    public static async Task<IResult> MakeAsync(HttpRequest upload, ImagingClient imaging, int? side, CancellationToken aborted)
    {
        var folder = Directory.CreateTempSubdirectory("thumbnail-").FullName;
        try
        {
            var source = Path.Combine(folder, "upload");
            await using (var file = File.Create(source))
            {
                await upload.Body.CopyToAsync(file, aborted);
            }

            var fit = new ResizeOperation(side ?? DefaultSide, side ?? DefaultSide, ResizeFit.Inside, isUpscaleAllowed: false);
            var task = new ImageTask(new TaskId(1), source, [new AutoOrientOperation(), fit], Path.Combine(folder, "thumbnail.jpg"))
            {
                Output = new OutputSettings { Metadata = MetadataPolicy.Strip },
            };
            var result = await imaging.ProcessAsync(task, aborted);
            return result.State == TaskState.Succeeded
                ? Results.Bytes(await File.ReadAllBytesAsync(task.OutputPath, aborted), "image/jpeg")
                : Results.Problem(result.Failure?.Reason.Replace(source, "upload", StringComparison.Ordinal) ?? $"{result.State}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (InvalidImageOperationException fault)
        {
            return Results.Problem(fault.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
