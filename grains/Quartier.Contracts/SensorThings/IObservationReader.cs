namespace Quartier.Contracts.SensorThings;

/// <summary>The port for Observations: readings of Datastreams, found by path, filter, order and page.</summary>
public interface IObservationReader
{
    /// <summary>The Observations that the path leads to and the caller may see, filtered, ordered, one page.</summary>
    ValueTask<QueryOutcome<ObservationPage>> FindAsync(ObservationQuery query, CancellationToken cancellationToken);
}
