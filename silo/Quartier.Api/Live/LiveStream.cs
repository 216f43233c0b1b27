using System.Buffers;
using Microsoft.Extensions.Hosting;

namespace Quartier.Api.Live;

/// <summary>Keeps a line open until the watcher goes or the host stops.</summary>
internal sealed class LiveStream(Watcher watcher, IHostApplicationLifetime host) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var watching = watcher;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, host.ApplicationStopping);
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // Tells the page that it is being told, and to come back after 3 s when the line breaks.
            response.BodyWriter.Write(": watching\nretry: 3000\n\n"u8);
            await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
            while (true)
            {
                var next = await watching.NextAsync(ending.Token).ConfigureAwait(false);
                next.WriteTo(response.BodyWriter);
                await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The line ends because its watcher went or the host stops: nothing is lost, a page that comes back reads everything.
            await response.BodyWriter.CompleteAsync().ConfigureAwait(false);
        }
    }
}
