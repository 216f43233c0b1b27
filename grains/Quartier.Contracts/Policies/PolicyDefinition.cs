using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>What one policy document says: that of a city, which its districts inherit, or that of one district.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; null for the city's own document.</param>
/// <param name="Purposes">Why data are used.</param>
/// <param name="Streams">What is collected.</param>
/// <param name="Grants">Who may read.</param>
/// <param name="Denials">Who may not, whatever else is granted.</param>
/// <param name="Contracts">Contracts with third parties; only in a city's document.</param>
/// <param name="Zones">Where nothing may measure.</param>
/// <param name="Publication">How aggregates are published; null when it is inherited.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyDefinition")]
public sealed record PolicyDefinition(
    [property: Id(0)] string City,
    [property: Id(1)] string? District,
    [property: Id(2)] ImmutableArray<PurposeDefinition> Purposes,
    [property: Id(3)] ImmutableArray<StreamPolicy> Streams,
    [property: Id(4)] ImmutableArray<GrantDefinition> Grants,
    [property: Id(5)] ImmutableArray<DenyDefinition> Denials,
    [property: Id(6)] ImmutableArray<ContractDefinition> Contracts,
    [property: Id(7)] ImmutableArray<NoSensingZone> Zones,
    [property: Id(8)] PublicationDefinition? Publication);
