using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Policies;

/// <summary>principal × district × streams × purpose × resolution × until.</summary>
/// <param name="Id">Lower-case letters, digits, '-'; named by every decision that rests on it.</param>
/// <param name="Principals"><c>public</c>, <c>person:ID</c>, <c>office:ID</c>, <c>role:WORD</c>, <c>contract:ID</c>; at least one.</param>
/// <param name="Streams">Ids of stream entries; at least one.</param>
/// <param name="Purpose">Id of the purpose.</param>
/// <param name="Floor">The finest resolution that is granted.</param>
/// <param name="Scope">Single sensors, or aggregates over cells only.</param>
/// <param name="Area">Closed outer ring; a sensor without a position or outside is not granted. Empty for the whole district.</param>
/// <param name="UntilMs">When the grant ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="RowLimit">Most rows in one answer.</param>
/// <param name="Redactions">What is left out.</param>
/// <param name="Onward">Whether and how the data may be passed on.</param>
/// <param name="Override">True when it replaces the city's grant of the same id within a district.</param>
[GenerateSerializer, Immutable, Alias("quartier.GrantDefinition")]
public sealed record GrantDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<string> Principals,
    [property: Id(2)] ImmutableArray<string> Streams,
    [property: Id(3)] string Purpose,
    [property: Id(4)] Resolution Floor,
    [property: Id(5)] ReadScope Scope,
    [property: Id(6)] ImmutableArray<Location> Area,
    [property: Id(7)] long UntilMs,
    [property: Id(8)] int RowLimit,
    [property: Id(9)] Redactions Redactions,
    [property: Id(10)] string Onward,
    [property: Id(11)] bool Override);
