using System.Collections.Immutable;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>A Datastream or MultiDatastream with the registered datastreams that it is made of.</summary>
/// <param name="Source">As the entities have it.</param>
/// <param name="Desk">Its city's; null when it is not registered.</param>
/// <param name="Sensor">Its sensor; null when it is not registered.</param>
/// <param name="Datastreams">One for each component.</param>
internal sealed record RegisteredSource(
    ObservationSource Source, CityDesk? Desk, SensorDefinition? Sensor, ImmutableArray<DatastreamDefinition> Datastreams)
{
    /// <summary>As <c>gateway/sensor/property</c>.</summary>
    public IEnumerable<string> Names => Datastreams.Select(d => Decisions.Name(Sensor!, d.Property));
}
