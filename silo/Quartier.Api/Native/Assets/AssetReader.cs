using System.Collections.Frozen;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;

namespace Quartier.Api.Native.Assets;

/// <summary>Reads an asset's state as the caller may see it.</summary>
internal sealed class AssetReader(IGrainFactory grains, Decisions decisions, Places places)
{
    public async Task<AssetItem> ReadAsync(Caller caller, CityIndex city, AssetDefinition asset, long nowMs)
    {
        var inputs = await DecideAsync(caller, city, asset).ConfigureAwait(false);
        var denied = Denied(inputs);
        var state = await grains.GetGrain<IAssetGrain>(GrainKeys.Asset(city.Id, asset.Id)).GetState().ConfigureAwait(false);
        var sources = city.SourcesOf(asset.Type);
        var values = Values(state, sources, denied, WithoutQuality(inputs));
        var times = values.Values.Where(v => v.Time is not null).Select(v => v.Time!.Value.Ms).DefaultIfEmpty();
        var time = denied.Count == 0 ? state.TimeMs : times.Max();
        var statusHidden = sources is null ? denied.Count > 0 : sources.OfStatus.Overlaps(denied.Keys);
        return new(
            asset.Id,
            asset.Type,
            asset.Name,
            asset.District,
            asset.Office,
            await places.OfAsync(caller, city, asset).ConfigureAwait(false),
            Numbers.ByName(asset.Attributes),
            UtcTime.OrNull(time),
            statusHidden ? null : state.Status,
            Staleness.Of(time == 0 ? null : time, ShortestInterval(city, asset), nowMs),
            values,
            denied.Count == 0 ? null : denied.Values.First());
    }

    /// <summary>The streams that feed the asset, with the districts that decide.</summary>
    public static IEnumerable<(string District, string Stream)> StreamsOf(CityIndex city, AssetDefinition asset)
    {
        foreach (var binding in asset.Bindings)
        {
            // A binding to a sensor that is not registered feeds nothing.
            if (city.Snapshot.Sensor(binding.Gateway, binding.Sensor) is { } sensor)
            {
                yield return (sensor.District, Decisions.Name(sensor, binding.Property));
            }
        }
    }

    /// <summary>Whether the caller may see the asset's inputs, and their quality.</summary>
    private async Task<List<(string Input, ReadDecision Decision)>> DecideAsync(Caller caller, CityIndex city, AssetDefinition asset)
    {
        var inputs = new List<(string Input, ReadDecision Decision)>(asset.Bindings.Length);
        foreach (var binding in asset.Bindings)
        {
            if (city.Snapshot.Sensor(binding.Gateway, binding.Sensor) is { } sensor)
            {
                inputs.Add((binding.Input, await decisions.AskAsync(caller, city, sensor, binding.Property).ConfigureAwait(false)));
            }
        }

        return inputs;
    }

    private FrozenDictionary<string, string> Denied(List<(string Input, ReadDecision Decision)> inputs) => inputs
        .Where(i => !i.Decision.Permitted)
        .DistinctBy(i => i.Input)
        .ToFrozenDictionary(i => i.Input, i => decisions.Words(i.Decision.Explanation), StringComparer.Ordinal);

    private static FrozenSet<string> WithoutQuality(List<(string Input, ReadDecision Decision)> inputs) => inputs
        .Where(i => i.Decision.Obligations?.Redactions.HasFlag(Redactions.Quality) == true)
        .Select(i => i.Input)
        .ToFrozenSet(StringComparer.Ordinal);

    private static SortedDictionary<string, AssetValueItem> Values(
        AssetState state, ValueSources? sources, FrozenDictionary<string, string> denied, FrozenSet<string> withoutQuality)
    {
        var values = new SortedDictionary<string, AssetValueItem>(StringComparer.Ordinal);
        foreach (var name in state.Values.Keys.Concat(sources?.Values ?? []))
        {
            var hidden = sources is null ? denied.Count > 0 : sources.Of(name).Overlaps(denied.Keys);
            var hidesQuality = sources is null ? withoutQuality.Count > 0 : sources.Of(name).Overlaps(withoutQuality);
            var unit = sources?.Units.GetValueOrDefault(name) ?? "1";
            values[name] = !hidden && state.Values.TryGetValue(name, out var value)
                ? new(new UtcTime(value.TimeMs), Numbers.Finite(value.Value), unit, hidesQuality ? null : new QualityFlags(value.Quality))
                : new(null, null, unit, hidesQuality ? null : new QualityFlags(Quality.Good));
        }

        return values;
    }

    private static long ShortestInterval(CityIndex city, AssetDefinition asset) => asset.Bindings
        .Select(b => city.Snapshot.Sensor(b.Gateway, b.Sensor)?.Datastreams.FirstOrDefault(d => d.Property == b.Property)?.IntervalMs ?? 0)
        .Where(interval => interval > 0)
        .DefaultIfEmpty()
        .Min();
}
