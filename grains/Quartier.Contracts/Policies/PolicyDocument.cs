namespace Quartier.Contracts.Policies;

/// <summary>One version of a policy document.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; null for the city's own document.</param>
/// <param name="Version">1, 2, … for each document.</param>
/// <param name="Yaml">The file, to the letter.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EffectiveMs">When it takes effect, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ProposedBy">Reference of the person who proposed it.</param>
/// <param name="ProposedMs">When.</param>
/// <param name="DecidedBy">Reference of the person who approved or withdrew it; null while it waits.</param>
/// <param name="DecidedMs">When; 0 while it waits.</param>
/// <param name="ApprovedBy">Reference of the person who approved it, also when it was withdrawn afterwards; null when nobody has.</param>
/// <param name="Independence">Whether that person is known to be another than the proposer.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyDocument")]
public sealed record PolicyDocument(
    [property: Id(0)] string City,
    [property: Id(1)] string? District,
    [property: Id(2)] long Version,
    [property: Id(3)] string Yaml,
    [property: Id(4)] PolicyState State,
    [property: Id(5)] long EffectiveMs,
    [property: Id(6)] string ProposedBy,
    [property: Id(7)] long ProposedMs,
    [property: Id(8)] string? DecidedBy,
    [property: Id(9)] long DecidedMs,
    [property: Id(10)] string? ApprovedBy = null,
    [property: Id(11)] ApproverIndependence Independence = ApproverIndependence.Unknown);
