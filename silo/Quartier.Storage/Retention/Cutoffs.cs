using Quartier.Contracts.Readings;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>From which times on readings may exist at the beginning of a UTC day.</summary>
internal sealed class Cutoffs(DatastreamTable datastreams, int day)
{
    /// <summary>The day.</summary>
    public int Day => day;

    /// <summary>First UTC day of which readings of the datastream may exist; none when the store does not know it.</summary>
    public int FirstDay(int datastream) => datastreams.Find(datastream) is { } stream ? FirstDay(stream) : int.MaxValue;

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

    /// <summary>First UTC day of which readings of the datastream may exist; none when the store does not know it.</summary>
    public int FirstDay(DatastreamKey key) => datastreams.Find(key) is { } stream ? FirstDay(stream) : int.MaxValue;

    private int FirstDay(Datastream stream)
    {
        lock (stream.Gate)
        {
            return stream.Retentions.Length == 0 ? int.MaxValue : day - stream.Retentions[^1];
        }
    }
}
