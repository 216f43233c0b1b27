using System.Buffers;
using Microsoft.Extensions.Hosting;

namespace Quartier.Api.Live;

/// <summary>Keeps a line open until the watcher goes, its permission ends, or the host stops.</summary>
internal sealed class LiveStream(LiveLine line, IHostApplicationLifetime host) : IResult, IDisposable
{
    public const string ContentType = "text/event-stream";

    /// <summary>The line was opened and is not answered after all.</summary>
    public void Dispose() => line.Dispose();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var open = line;
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
                var (next, end) = await open.NextAsync(ending.Token).ConfigureAwait(false);
                next?.WriteTo(response.BodyWriter);
                end?.WriteTo(response.BodyWriter);
                await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
                if (end is not null)
                {
                    await response.BodyWriter.CompleteAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The line ends because its watcher went or the host stops: nothing is lost, a page that comes back reads everything.
            await response.BodyWriter.CompleteAsync().ConfigureAwait(false);
        }
    }
}
