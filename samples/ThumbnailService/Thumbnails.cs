using ActorImaging.Hosting;
using ActorImaging.Tasks;

namespace ThumbnailService;

/// <summary>
/// <c>POST /thumbnails?side=200</c>: takes an image of any format as the body and answers with a JPEG that lies within a square; nothing touches the
/// disk. While all processors are busy a request waits, and beyond <c>actor-imaging.max-batches</c> it is refused; threads of the web server never do image work.
/// </summary>
internal static class Thumbnails
{
    private const int DefaultSide = 200;

    public static async Task<IResult> MakeAsync(HttpRequest upload, ImagingClient imaging, int? side, CancellationToken aborted)
    {
        try
        {
            var fit = new ResizeOperation(side ?? DefaultSide, side ?? DefaultSide, ResizeFit.Inside, isUpscaleAllowed: false);
            var task = new ImageTask(new TaskId(1), "upload", [new AutoOrientOperation(), fit], "thumbnail.jpg")
            {
                Content = SourceContent.Of(await ReadAsync(upload, aborted)),
                ReturnsContent = true,
                Output = new OutputSettings { Metadata = MetadataPolicy.Strip },
            };
            var result = await imaging.ProcessAsync(task, aborted);
            return result.State == TaskState.Succeeded
                ? Results.Bytes(result.Content, "image/jpeg")
                : Results.Problem(result.Failure?.Reason ?? $"{result.State}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (InvalidImageOperationException fault)
        {
            return Results.Problem(fault.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>The web server refuses bodies of more than 30 MB by itself (Kestrel's MaxRequestBodySize).</summary>
    private static async Task<byte[]> ReadAsync(HttpRequest upload, CancellationToken aborted)
    {
        using var body = new MemoryStream();
        await upload.Body.CopyToAsync(body, aborted);
        return body.ToArray();
    }
}
