using System.Globalization;
using ActorImaging.Actors;
using ActorImaging.Hosting;

namespace ThumbnailService;

/// <summary>What a client hears when there is too much to do: 429 with the seconds after which it may try again, at once. 503 while no work is taken at all.</summary>
internal static class Refusals
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ImagingRefusedException refused) when (!context.Response.HasStarted)
        {
            var status = refused.Cause == RefusalCause.Busy ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = Math.Ceiling(refused.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Results.Problem(refused.Message, statusCode: status).ExecuteAsync(context);
        }
    }
}
