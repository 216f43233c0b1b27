using Microsoft.Extensions.Hosting;
using Quartier.Api.Http;
using Quartier.Api.Native;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.Live;

/// <summary>Live changes as server-sent events.</summary>
internal static class LiveRoutes
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/cities/{city}/live", WatchAsync)
        .Describe(
            "watchCity",
            "Server-sent events: 'changed' names what changed within 500 ms, as far as it may be read; 'resync' asks to read everything again; "
            + "'ended' says why the line ends. On opening, read everything.",
            StreamNames.Parameter)
        .Answers<string>(
            LiveStream.ContentType,
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> WatchAsync(
        string city,
        HttpContext context,
        CityDirectory directory,
        LiveLines lines,
        IHostApplicationLifetime host,
        CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !StreamNames.Read(context.Request, found).TryGet(out var named, out problem))
        {
            return problem;
        }

        var chosen = named.ConvertAll(
            n => new LineStream(n.Sensor.District, CityIndex.KeyOf(n.Sensor), Decisions.Name(n.Sensor, n.Datastream.Property)));
        var outcome = await lines.OpenAsync(Caller.Of(context), found, chosen, cancellationToken).ConfigureAwait(false);
        return outcome.TryGet(out var line, out problem) ? new LiveStream(line, host) : problem;
    }
}
