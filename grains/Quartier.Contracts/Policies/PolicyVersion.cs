namespace Quartier.Contracts.Policies;

/// <summary>One version of a policy document without its text.</summary>
/// <param name="District">Id of the district; null for the city's own document.</param>
/// <param name="Version">1, 2, … for each document.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="EffectiveMs">When it takes or took effect, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ProposedBy">Reference of the person who proposed it.</param>
/// <param name="ProposedMs">When.</param>
/// <param name="DecidedBy">Reference of the person who approved or withdrew it; null while it waits.</param>
/// <param name="DecidedMs">When; 0 while it waits.</param>
/// <param name="Digest">SHA-256 of the text as UTF-8, lower-case hexadecimal: the ledger names the text by it.</param>
/// <param name="ApprovedBy">Reference of the person who approved it, also when it was withdrawn afterwards; null when nobody has.</param>
/// <param name="Independence">Whether that person is known to be another than the proposer.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyVersion")]
public sealed record PolicyVersion(
    [property: Id(0)] string? District,
    [property: Id(1)] long Version,
    [property: Id(2)] PolicyStanding Standing,
    [property: Id(3)] long EffectiveMs,
    [property: Id(4)] string ProposedBy,
    [property: Id(5)] long ProposedMs,
    [property: Id(6)] string? DecidedBy,
    [property: Id(7)] long DecidedMs,
    [property: Id(8)] string Digest,
    [property: Id(9)] string? ApprovedBy = null,
    [property: Id(10)] ApproverIndependence Independence = ApproverIndependence.Unknown);
