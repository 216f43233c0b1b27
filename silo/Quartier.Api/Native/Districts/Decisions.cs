using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Districts;

/// <summary>
/// The districts' decisions within one request: each is asked for once, and none outlives the request. Whatever is asked is recorded, so that no
/// value can be shown without a record.
/// </summary>
internal sealed class Decisions(IGrainFactory grains, ReadRecord record, RequestLanguage language)
{
    /// <summary>Streams asked for in one call: some hundred microseconds of a district's time.</summary>
    public const int BatchMax = 1_000;

    private readonly ConcurrentDictionary<(string District, string Stream, Resolution Resolution), Task<ReadDecision>> _decided = new();

    /// <summary>A datastream's name, <c>gateway/sensor/property</c>.</summary>
    public static string Name(SensorDefinition sensor, string property) => $"{CityIndex.KeyOf(sensor)}/{property}";

    /// <summary>Asks for all of these in few calls; what is asked for afterwards is known already.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="city">Where.</param>
    /// <param name="streams">District and datastream.</param>
    /// <param name="resolution">How fine.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="rows">Rows that each of them brings into the answer.</param>
    public async Task PrepareAsync(
        Caller caller,
        CityIndex city,
        IEnumerable<(string District, string Stream)> streams,
        Resolution resolution,
        CancellationToken cancellationToken,
        long rows = 1)
    {
        var batches = streams.Distinct()
            .Where(s => !_decided.ContainsKey((s.District, s.Stream, resolution)))
            .GroupBy(s => s.District, s => s.Stream, StringComparer.Ordinal)
            .SelectMany(g => g.Chunk(BatchMax), (g, chunk) => (District: g.Key, Streams: chunk))
            .ToList();
        await FanOut.AllAsync(
            batches,
            async batch =>
            {
                var decisions = await AskManyAsync(grains, caller, city.Id, batch.District, batch.Streams, resolution).ConfigureAwait(false);
                for (var i = 0; i < batch.Streams.Length; i++)
                {
                    var (stream, decision) = (batch.Streams[i], decisions[i]);
                    if (_decided.TryAdd((batch.District, stream, resolution), Task.FromResult(decision)))
                    {
                        record.Add(batch.District, stream, resolution, decision, rows);
                    }
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the caller may read the datastream.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="city">Where.</param>
    /// <param name="district">Id of the district that decides.</param>
    /// <param name="stream">The datastream.</param>
    /// <param name="resolution">How fine.</param>
    public Task<ReadDecision> AskAsync(Caller caller, CityIndex city, string district, string stream, Resolution resolution = Resolution.Raw) =>
        _decided.GetOrAdd(
            (district, stream, resolution),
            static (key, asked) => asked.self.AskOneAsync(asked.caller, asked.city, key.District, key.Stream, key.Resolution),
            (self: this, caller, city));

    /// <summary>The same for a registered datastream.</summary>
    public Task<ReadDecision> AskAsync(Caller caller, CityIndex city, SensorDefinition sensor, string property, Resolution resolution = Resolution.Raw) =>
        AskAsync(caller, city, sensor.District, Name(sensor, property), resolution);

    /// <summary>
    /// Whether the caller may read what comes from every datastream of a property in a district: null, or the denial. One call, however many
    /// datastreams there are. Recorded is what was decided: the permits when all permit, else the denials, because nothing was read then.
    /// </summary>
    public async Task<ReadDecision?> DenialAsync(Caller caller, CityIndex city, string district, string property, Resolution resolution)
    {
        var alike = await grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, district)).AuthorizeProperty(
            new ReadRequest(caller.Principal, caller.Purpose, string.Empty, property, resolution, ReadScope.Sensor)).ConfigureAwait(false);
        var denials = alike.Where(a => !a.Decision.Permitted).ToList();
        foreach (var decided in denials.Count > 0 ? denials : [.. alike])
        {
            record.Add(district, decided, resolution);
        }

        return denials.Count > 0 ? denials[0].Decision : null;
    }

    /// <summary>A sentence for the caller.</summary>
    public string Words(BilingualText text) => language.Of(text);

    /// <summary>Asks a district about many datastreams at once.</summary>
    public static Task<ImmutableArray<ReadDecision>> AskManyAsync(
        IGrainFactory grains, Caller caller, string city, string district, IEnumerable<string> streams, Resolution resolution) =>
        grains.GetGrain<IDistrictGrain>(GrainKeys.District(city, district)).AuthorizeMany(
            new ReadRequest(caller.Principal, caller.Purpose, string.Empty, string.Empty, resolution, ReadScope.Sensor), [.. streams]);

    private async Task<ReadDecision> AskOneAsync(Caller caller, CityIndex city, string district, string stream, Resolution resolution)
    {
        var decisions = await AskManyAsync(grains, caller, city.Id, district, [stream], resolution).ConfigureAwait(false);
        record.Add(district, stream, resolution, decisions[0], 1);
        return decisions[0];
    }
}
