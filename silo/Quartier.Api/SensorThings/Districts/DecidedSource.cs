using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>A Datastream or MultiDatastream with what its district says.</summary>
/// <param name="Sight">What may be seen.</param>
/// <param name="Desk">Where it is recorded; null when it is not registered.</param>
/// <param name="Streams">Its datastreams as <c>gateway/sensor/property</c>, each with its decision.</param>
internal sealed record DecidedSource(ObservationSight Sight, CityDesk? Desk, IReadOnlyList<(string Stream, ReadDecision Decision)> Streams)
{
    private int _isRecorded;

    /// <summary>Enters rows that were read, or the denial, once or more often.</summary>
    public void Record(long rows)
    {
        Interlocked.Exchange(ref _isRecorded, 1);
        foreach (var (stream, decision) in Streams)
        {
            Desk?.Record.Add(Sight.Source.Owner.District ?? string.Empty, stream, decision.Permitted ? Sight.Window : Resolution.Raw, decision, rows);
        }
    }

    /// <summary>Enters that it was looked at, unless that is entered already.</summary>
    public void RecordOnce()
    {
        if (Interlocked.CompareExchange(ref _isRecorded, 1, 0) == 0)
        {
            Record(0);
        }
    }
}
