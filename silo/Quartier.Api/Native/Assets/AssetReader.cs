using System.Collections.Frozen;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Assets;

/// <summary>Reads an asset's state as the caller may see it.</summary>
internal sealed class AssetReader(IGrainFactory grains, Decisions decisions)
{
    public async Task<AssetItem> ReadAsync(Caller caller, CityIndex city, AssetDefinition asset, long nowMs)
    {
        var denied = await DeniedAsync(caller, city, asset).ConfigureAwait(false);
        var state = await grains.GetGrain<IAssetGrain>(GrainKeys.Asset(city.Id, asset.Id)).GetState().ConfigureAwait(false);
        var sources = city.SourcesOf(asset.Type);
        var values = Values(state, sources, denied);
        var times = values.Values.Where(v => v.Time is not null).Select(v => v.Time!.Value.Ms).DefaultIfEmpty();
        var time = denied.Count == 0 ? state.TimeMs : times.Max();
        var statusHidden = sources is null ? denied.Count > 0 : sources.OfStatus.Overlaps(denied.Keys);
        return new(
            asset.Id,
            asset.Type,
            asset.Name,
            asset.District,
            asset.Office,
            Numbers.Position(asset.Location),
            Numbers.ByName(asset.Attributes),
            UtcTime.OrNull(time),
            statusHidden ? null : state.Status,
            Staleness.Of(time == 0 ? null : time, ShortestInterval(city, asset), nowMs),
            values,
            denied.Count == 0 ? null : denied.Values.First());
    }

    /// <summary>The asset's inputs that the caller may not see, each with the reason.</summary>
    public async Task<FrozenDictionary<string, string>> DeniedAsync(Caller caller, CityIndex city, AssetDefinition asset)
    {
        var denied = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var binding in asset.Bindings)
        {
            // A binding to a sensor that is not registered feeds nothing.
            if (city.Snapshot.Sensor(binding.Gateway, binding.Sensor) is { } sensor
                && await decisions.WithheldAsync(caller, city, sensor, binding.Property).ConfigureAwait(false) is { } reason)
            {
                denied[binding.Input] = reason;
            }
        }

        return denied.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static SortedDictionary<string, AssetValueItem> Values(
        AssetState state, ValueSources? sources, FrozenDictionary<string, string> denied)
    {
        var values = new SortedDictionary<string, AssetValueItem>(StringComparer.Ordinal);
        foreach (var name in state.Values.Keys.Concat(sources?.Values ?? []))
        {
            var hidden = sources is null ? denied.Count > 0 : sources.Of(name).Overlaps(denied.Keys);
            var unit = sources?.Units.GetValueOrDefault(name) ?? "1";
            values[name] = !hidden && state.Values.TryGetValue(name, out var value)
                ? new(new UtcTime(value.TimeMs), Numbers.Finite(value.Value), unit, new(value.Quality))
                : new(null, null, unit, new(Quality.Good));
        }

        return values;
    }

    private static long ShortestInterval(CityIndex city, AssetDefinition asset) => asset.Bindings
        .Select(b => city.Snapshot.Sensor(b.Gateway, b.Sensor)?.Datastreams.FirstOrDefault(d => d.Property == b.Property)?.IntervalMs ?? 0)
        .Where(interval => interval > 0)
        .DefaultIfEmpty()
        .Min();
}
