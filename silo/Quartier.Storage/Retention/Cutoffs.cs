using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>From which times on readings may exist at the beginning of a UTC day.</summary>
internal sealed class Cutoffs(DatastreamTable datastreams, int day, ImmutableArray<AssetStreams> assets)
{
    private readonly Dictionary<string, ImmutableArray<DatastreamKey>> _assets = assets.ToDictionary(a => a.AssetKey, a => a.Streams, StringComparer.Ordinal);
    private Dictionary<string, int>? _bySensor;

    /// <summary>The day.</summary>
    public int Day => day;

    /// <summary>First UTC day of which readings of the datastream may exist; none when the store does not know it.</summary>
    public int FirstDay(int datastream) => datastreams.Find(datastream) is { } stream ? FirstDay(stream) : int.MinValue;

    /// <summary>First UTC day of which roll-ups may exist.</summary>
    public int FirstDay(int datastream, RollUpResolution resolution)
    {
        if (datastreams.Find(datastream) is not { } stream)
        {
            return int.MaxValue;
        }

        lock (stream.Gate)
        {
            var retentions = resolution == RollUpResolution.Hour ? stream.RollUps.Hours : stream.RollUps.Days;
            return retentions.Length == 0 ? int.MaxValue : day - retentions[^1];
        }
    }

    /// <summary>First UTC day of which readings of any of the sensor's datastreams may exist.</summary>
    public int FirstDayOfSensor(string sensorKey)
    {
        _bySensor ??= datastreams.All.GroupBy(s => s.Key.SensorKey, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(FirstDay), StringComparer.Ordinal);
        return _bySensor.GetValueOrDefault(sensorKey, int.MinValue);
    }

    /// <summary>First UTC day of which readings of the sensor's property may exist; of any of its datastreams when it has no such property.</summary>
    public int FirstDay(string sensorKey, string property) =>
        datastreams.Find(new DatastreamKey(sensorKey, property)) is { } stream ? FirstDay(stream) : FirstDayOfSensor(sensorKey);

    /// <summary>
    /// First UTC day from which values may exist that an asset computed or judged: that of the datastream whose retention ends first. None may when nobody
    /// knows the asset, and any when it has no inputs.
    /// </summary>
    public int FirstDayOfAsset(string assetKey) => !_assets.TryGetValue(assetKey, out var streams) ? int.MaxValue
        : streams.Length == 0 ? int.MinValue
        : streams.Max(key => FirstDay(key.SensorKey, key.Property));

    private int FirstDay(Datastream stream)
    {
        lock (stream.Gate)
        {
            return stream.Retentions.Length == 0 ? int.MinValue : day - stream.Retentions[^1];
        }
    }
}
