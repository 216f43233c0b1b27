using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Books;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Readings;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Principals;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Sensors;

/// <summary>Reads a sensor's state as the caller may see it.</summary>
internal sealed class SensorReader(IGrainFactory grains, IRegistry registry, Decisions decisions, Places places)
{
    /// <summary>The sensor's live state, matched with the definition to which it refers.</summary>
    public async Task<SensorTwin> TwinAsync(CityIndex city, SensorDefinition sensor)
    {
        var grain = Grain(city, sensor);
        var state = await grain.GetState().ConfigureAwait(false);
        if (state.RegistryVersion < city.Snapshot.Version)
        {
            // The registry has just changed and the grain has not heard of it yet.
            await grain.Refresh().ConfigureAwait(false);
            state = await grain.GetState().ConfigureAwait(false);
        }

        var current = state.RegistryVersion == city.Snapshot.Version
            ? sensor
            : DefinitionAt(city.Id, state.RegistryVersion, sensor);
        var matches = current is not null && current.Datastreams.Length == state.Datastreams.Length;
        return matches ? new(current!, state) : new(sensor, null);
    }

    public async Task<SensorItem> ItemAsync(Caller caller, CityIndex city, SensorDefinition sensor, long nowMs)
    {
        var twin = await TwinAsync(city, sensor).ConfigureAwait(false);
        var datastreams = new List<DatastreamItem>(twin.Definition.Datastreams.Length);
        foreach (var datastream in twin.Definition.Datastreams)
        {
            datastreams.Add(await DatastreamAsync(caller, city, twin, datastream, nowMs).ConfigureAwait(false));
        }

        return new(twin.Definition, await places.OfAsync(caller, city, twin.Definition).ConfigureAwait(false)) { Datastreams = [.. datastreams] };
    }

    public async Task<SensorDetail> DetailAsync(Caller caller, CityIndex city, SensorDefinition sensor, long nowMs)
    {
        var twin = await TwinAsync(city, sensor).ConfigureAwait(false);
        var books = await Grain(city, sensor).GetBooks().ConfigureAwait(false);
        var datastreams = new List<DatastreamDetail>(twin.Definition.Datastreams.Length);
        foreach (var datastream in twin.Definition.Datastreams)
        {
            var item = await DatastreamAsync(caller, city, twin, datastream, nowMs).ConfigureAwait(false);
            datastreams.Add(Detail(item, datastream, twin.Of(datastream)));
        }

        var seesBooks = Rights.Allows(caller.Principal, Right.SeeBooks, city.Id) || datastreams.TrueForAll(d => d.Withheld is null);
        return new(twin.Definition, await places.OfAsync(caller, city, twin.Definition).ConfigureAwait(false))
        {
            Datastreams = [.. datastreams],
            Rules = [.. twin.Definition.Rules.Select(Rule)],
            Books = seesBooks ? BooksItem.Of(books) : null,
        };
    }

    private static RuleItem Rule(RuleDefinition rule) =>
        new(rule.Id, rule.Version, Words<RuleKind>.Of(rule.Kind), rule.Property, Words<Severity>.Of(rule.Severity), rule.Sentence);

    private static DatastreamDetail Detail(DatastreamItem item, DatastreamDefinition definition, DatastreamState? state)
    {
        var shown = item.Withheld is null ? state : null;
        return new(item)
        {
            Question = definition.Question,
            RetentionDays = definition.RetentionDays,
            Min = definition.Min,
            Max = definition.Max,
            Codes = definition.Codes,
            Minute = AggregateItem.OrNull(shown?.Minute, item.Quality is not null),
            Hour = AggregateItem.OrNull(shown?.Hour, item.Quality is not null),
            Day = AggregateItem.OrNull(shown?.Day, item.Quality is not null),
            Late = item.Withheld is null && item.Quality is not null ? state?.Late ?? 0 : null,
            Contradicted = item.Withheld is null && item.Quality is not null ? state?.Contradicted ?? 0 : null,
        };
    }

    private async Task<DatastreamItem> DatastreamAsync(
        Caller caller, CityIndex city, SensorTwin twin, DatastreamDefinition datastream, long nowMs)
    {
        var decision = await decisions.AskAsync(caller, city, twin.Definition, datastream.Property).ConfigureAwait(false);
        var latest = decision.Permitted ? twin.Of(datastream)?.Latest : null;
        var hidesQuality = decision.Obligations?.Redactions.HasFlag(Redactions.Quality) == true;
        return new(
            datastream.Property,
            datastream.Name,
            datastream.Unit,
            Words<DataClass>.Of(datastream.Class),
            datastream.IntervalMs > 0 ? IsoDuration.Format(datastream.IntervalMs) : null,
            latest is { } reading ? new UtcTime(reading.TimeMs) : null,
            latest?.Value,
            hidesQuality ? null : new QualityFlags(latest?.Quality ?? Contracts.Readings.Quality.Good),
            Staleness.Of(latest?.TimeMs, datastream.IntervalMs, nowMs),
            decision.Permitted ? null : decisions.Words(decision.Explanation));
    }

    private ISensorGrain Grain(CityIndex city, SensorDefinition sensor) =>
        grains.GetGrain<ISensorGrain>(GrainKeys.Sensor(city.Id, sensor.Gateway, sensor.Id));

    /// <summary>The definition in a newer registry than the one with which the request began, or null when that is not its version.</summary>
    private SensorDefinition? DefinitionAt(string city, long version, SensorDefinition sensor) =>
        registry.Find(city) is { } snapshot && snapshot.Version == version ? snapshot.Sensor(sensor.Gateway, sensor.Id) : null;
}
