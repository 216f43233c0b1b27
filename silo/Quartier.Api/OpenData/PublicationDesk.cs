using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.OpenData;

/// <summary>
/// Answers requests for published cells: asks every district of the stream, and reads when all of them permit it. A table with the sensors of some
/// districts only would differ from caller to caller, and the difference would tell about the others.
/// </summary>
internal sealed class PublicationDesk(
    CityDirectory directory,
    PublishedStreams streams,
    PublishedReader reader,
    IGrainFactory grains,
    ReadRecord record,
    RequestLanguage language,
    TimeProvider time)
{
    public async Task<Outcome<Published>> ReadAsync(StreamAddress address, HttpContext context, CancellationToken cancellationToken)
    {
        if (!address.Find(directory, streams).TryGet(out var stream, out var problem)
            || !PublicationQuery.Read(context.Request, time.GetUtcNow().ToUnixTimeMilliseconds()).TryGet(out var query, out problem))
        {
            return problem;
        }

        var denied = await AskAsync(Caller.Of(context), stream, query.Resolution, cancellationToken).ConfigureAwait(false);
        if (denied is not null)
        {
            return denied;
        }

        return (await reader.ReadAsync(stream, query, cancellationToken).ConfigureAwait(false)).TryGet(out var cells, out problem)
            ? new Published(stream, query, cells)
            : problem;
    }

    private async Task<ApiProblem?> AskAsync(Caller caller, PublishedStream stream, Resolution resolution, CancellationToken cancellationToken)
    {
        var batches = stream.Sensors
            .GroupBy(s => s.Sensor.District, s => s.Sensor, StringComparer.Ordinal)
            .SelectMany(g => g.Chunk(Decisions.BatchMax), (g, sensors) => (District: g.Key, Sensors: sensors))
            .ToList();
        var answers = await FanOut.AllAsync(
            batches, batch => AskDistrictAsync(caller, stream, batch.District, batch.Sensors, resolution), cancellationToken).ConfigureAwait(false);
        var denied = default(ApiProblem);
        for (var i = 0; i < answers.Length; i++)
        {
            var (name, decision) = answers[i];
            record.Add(batches[i].District, stream.Name, resolution, decision, 1);
            if (!decision.Permitted)
            {
                denied ??= Denials.Problem(caller, stream.City.Id, name, resolution, decision, language.Of(decision.Explanation));
            }
        }

        return denied;
    }

    /// <summary>The first denial among the district's sensors, or the last permit.</summary>
    private async Task<(string Stream, ReadDecision Decision)> AskDistrictAsync(
        Caller caller, PublishedStream stream, string district, SensorDefinition[] sensors, Resolution resolution)
    {
        var names = Array.ConvertAll(sensors, s => Decisions.Name(s, stream.Property));
        var decisions = await grains.GetGrain<IDistrictGrain>(GrainKeys.District(stream.City.Id, district)).AuthorizeMany(
            new ReadRequest(caller.Principal, caller.Purpose, string.Empty, string.Empty, resolution, ReadScope.Cell), [.. names]).ConfigureAwait(false);
        var deciding = 0;
        while (deciding < decisions.Length - 1 && decisions[deciding].Permitted)
        {
            deciding++;
        }

        return (names[deciding], decisions[deciding]);
    }
}
