using Microsoft.Extensions.Hosting;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;

namespace Quartier.Api.Live;

/// <summary>Live changes as server-sent events.</summary>
internal static class LiveRoutes
{
    private const int RetrySeconds = 30;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/cities/{city}/live", Watch)
        .Describe(
            "watchCity",
            "Server-sent events: 'changed' names what changed within 500 ms, 'resync' asks to read everything again. On opening, read everything.")
        .Answers<string>(
            LiveStream.ContentType,
            StatusCodes.Status400BadRequest,
            StatusCodes.Status404NotFound,
            StatusCodes.Status503ServiceUnavailable);

    private static IResult Watch(string city, CityDirectory directory, LiveFeed feed, IHostApplicationLifetime host)
    {
        if (!directory.City(city).TryGet(out _, out var problem))
        {
            return problem;
        }

        return feed.TryWatch(city) is { } watcher
            ? new LiveStream(watcher, host)
            : Problems.Unavailable(
                $"{LiveFeed.WatchersMax} pages are watching, which is the limit. Close one, or read without watching.", RetrySeconds);
    }
}
