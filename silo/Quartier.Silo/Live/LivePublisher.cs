using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Assets;

namespace Quartier.Silo.Live;

/// <summary>Reads what changed in one city and publishes what is new in it. Who may have it is decided for each subscriber and message when it is sent.</summary>
internal sealed class LivePublisher(
    IRegistry registry, IGrainFactory grains, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> publish, string city)
{
    /// <summary>Values remembered, so that one that did not change is not sent again; beyond, all are forgotten, and each may come once more.</summary>
    private const int MaxKnown = 500_000;

    private readonly Dictionary<string, (long TimeMs, double Value)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _statuses = new(StringComparer.Ordinal);

    /// <summary>Publishes what is new.</summary>
    /// <param name="subjects">What changed.</param>
    /// <param name="all">Whether changes were dropped: everything is read then.</param>
    public async Task PublishAsync(IReadOnlyCollection<string> subjects, bool all)
    {
        if (registry.Find(city) is not { } snapshot)
        {
            return;
        }

        if (_values.Count > MaxKnown)
        {
            _values.Clear();
            _statuses.Clear();
        }

        foreach (var subject in all ? Everything(snapshot.City) : subjects)
        {
            switch (subject.Split('/'))
            {
                case ["sensor", var gateway, var id] when snapshot.Sensor(gateway, id) is { } sensor:
                    await PublishAsync(sensor).ConfigureAwait(false);
                    break;
                case ["asset", var id] when snapshot.Asset(id) is { } asset && snapshot.AssetType(asset.Type) is { } type:
                    await PublishAsync(asset, ValueSources.Of(type), type).ConfigureAwait(false);
                    break;
                default:
                    break; // Alerts have no live topic; what is no longer registered is nobody's.
            }
        }
    }

    private static IEnumerable<string> Everything(CityDefinition city) =>
        city.Sensors.Select(s => $"sensor/{s.Gateway}/{s.Id}").Concat(city.Assets.Select(a => $"asset/{a.Id}"));

    private async Task PublishAsync(SensorDefinition sensor)
    {
        var state = await grains.GetGrain<ISensorGrain>(GrainKeys.Sensor(city, sensor.Gateway, sensor.Id)).GetState().ConfigureAwait(false);
        for (var i = 0; i < sensor.Datastreams.Length && i < state.Datastreams.Length; i++)
        {
            var stream = sensor.Datastreams[i];
            if (state.Datastreams[i].Latest is { } latest && IsNew($"{sensor.Gateway}/{sensor.Id}/{stream.Property}", latest.TimeMs, latest.Value))
            {
                publish(
                    LiveTopic.OfSensor(city, sensor.District, sensor.Gateway, sensor.Id, stream.Property), LiveMessage.Of(sensor, stream, latest));
            }
        }
    }

    private async Task PublishAsync(AssetDefinition asset, ValueSources sources, AssetTypeDefinition type)
    {
        var state = await grains.GetGrain<IAssetGrain>(GrainKeys.Asset(city, asset.Id)).GetState().ConfigureAwait(false);
        foreach (var computed in type.Computed)
        {
            if (state.Values.TryGetValue(computed.Name, out var value) && IsNew($"{asset.Id}/{computed.Name}", value.TimeMs, value.Value))
            {
                publish(
                    LiveTopic.OfValue(city, asset.District, asset.Id, computed.Name),
                    LiveMessage.Of(asset, computed.Name, sources.Units.GetValueOrDefault(computed.Name, "1"), value));
            }
        }

        if (!_statuses.TryGetValue(asset.Id, out var known) || !string.Equals(known, state.Status, StringComparison.Ordinal))
        {
            _statuses[asset.Id] = state.Status;
            publish(LiveTopic.OfStatus(city, asset.District, asset.Id), LiveMessage.Of(asset, state));
        }
    }

    private bool IsNew(string name, long timeMs, double value)
    {
        if (!double.IsFinite(value) || (_values.TryGetValue(name, out var known) && known == (timeMs, value)))
        {
            return false;
        }

        _values[name] = (timeMs, value);
        return true;
    }
}
