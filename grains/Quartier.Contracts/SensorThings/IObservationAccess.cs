using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>Decides what one caller may see of Observations; made for each request by whoever knows the caller.</summary>
public interface IObservationAccess
{
    /// <summary>What may be seen of each, in the same order.</summary>
    ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken);

    /// <summary>The same for times of first and last Observations: of what is denied there are none, and nobody asked to read it.</summary>
    ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken);
}
