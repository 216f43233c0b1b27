using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>The port for Observations: readings of Datastreams, found by path, filter, order and page.</summary>
public interface IObservationReader
{
    /// <summary>The Observations that the path leads to and the caller may see, filtered, ordered, one page.</summary>
    ValueTask<QueryOutcome<ObservationPage>> FindAsync(ObservationQuery query, CancellationToken cancellationToken);

    /// <summary>The first Observations of each of many Datastreams or MultiDatastreams, for <c>$expand</c>.</summary>
    ValueTask<QueryOutcome<ObservationPages>> RelatedAsync(RelatedObservations query, CancellationToken cancellationToken);

    /// <summary>The times of the Observations that may be seen of each, in the same order; the problem says which limit is exceeded.</summary>
    ValueTask<QueryOutcome<ObservationExtents>> ExtentsAsync(ImmutableArray<ObservationSight> sights, QueryLimits limits, CancellationToken cancellationToken);
}
