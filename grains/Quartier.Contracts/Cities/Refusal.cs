using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Cities;

/// <summary>Refusals of one kind from one source. Each counts as one received and one refused.</summary>
/// <param name="Gateway">Third level of the topic, at most 64 characters, or the client id when the topic has none.</param>
/// <param name="Sensor">Fourth level, at most 64 characters; empty when it does not matter.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstMs">First seen, silo's clock, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="LastMs">Last seen.</param>
/// <param name="Detail">What was wrong with the last one, for the operator; at most 200 characters.</param>
[GenerateSerializer, Immutable, Alias("quartier.Refusal")]
public sealed record Refusal(
    [property: Id(0)] string Gateway,
    [property: Id(1)] string Sensor,
    [property: Id(2)] RefusalReason Reason,
    [property: Id(3)] long Count,
    [property: Id(4)] long FirstMs,
    [property: Id(5)] long LastMs,
    [property: Id(6)] string Detail);
