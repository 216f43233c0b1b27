using Quartier.Contracts.Readings;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>From which times on readings may exist at the beginning of a UTC day.</summary>
internal sealed class Cutoffs(DatastreamTable datastreams, int day)
{
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

    private int FirstDay(Datastream stream)
    {
        lock (stream.Gate)
        {
            return stream.Retentions.Length == 0 ? int.MinValue : day - stream.Retentions[^1];
        }
    }
}
