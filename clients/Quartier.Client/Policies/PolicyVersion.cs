namespace Quartier.Client.Policies;

/// <summary>One version of a policy document.</summary>
/// <param name="District">Id of the district; null for the city's own document.</param>
/// <param name="Version">1, 2, … for each document.</param>
/// <param name="Standing"><c>proposed</c>, <c>scheduled</c>, <c>in-force</c>, <c>superseded</c> or <c>withdrawn</c>.</param>
/// <param name="Effective">When it takes or took effect.</param>
/// <param name="ProposedBy">Reference of the proposer.</param>
/// <param name="Proposed">When.</param>
/// <param name="DecidedBy">Reference of whoever approved or withdrew it; null while it waits.</param>
/// <param name="Decided">When; null while it waits.</param>
/// <param name="Digest">SHA-256 of the text, in hexadecimal.</param>
/// <param name="ApprovedBy">Reference of whoever approved it, also when it was withdrawn afterwards; null when nobody has.</param>
/// <param name="Independent">False when the proposer could have acted as the approver; null when it is not known.</param>
public sealed record PolicyVersion(
    string? District,
    long Version,
    string Standing,
    DateTimeOffset Effective,
    string ProposedBy,
    DateTimeOffset Proposed,
    string? DecidedBy,
    DateTimeOffset? Decided,
    string Digest,
    string? ApprovedBy,
    bool? Independent);
