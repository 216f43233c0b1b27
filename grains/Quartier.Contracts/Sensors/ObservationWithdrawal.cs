using System.Collections.Immutable;

namespace Quartier.Contracts.Sensors;

/// <summary>Observations of one stream of a sensor that are withdrawn together.</summary>
/// <param name="RegistryVersion">The registry version to which the datastreams' places refer.</param>
/// <param name="Datastreams">Indices into <see cref="Registry.SensorDefinition.Datastreams"/> of which each Observation consists; at least one.</param>
/// <param name="TimesMs">Their phenomenon times, in milliseconds since 1970-01-01T00:00:00Z; at most <see cref="MostTimes"/>.</param>
[GenerateSerializer, Immutable, Alias("quartier.ObservationWithdrawal")]
public sealed record ObservationWithdrawal(
    [property: Id(0)] long RegistryVersion, [property: Id(1)] ImmutableArray<int> Datastreams, [property: Id(2)] ImmutableArray<long> TimesMs)
{
    /// <summary>Observations of one call: some tens of milliseconds in which the sensor takes no readings.</summary>
    public const int MostTimes = 500;
}
