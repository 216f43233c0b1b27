using Quartier.Api.Json;
using Quartier.Contracts.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>
/// One version of a policy document. <c>independent</c> is false when the proposer, or whoever holds the machine's local key, made or changed the approver's
/// account, a key or a sign-in link of it within 30 days before; null when it is not known.
/// </summary>
internal sealed record PolicyVersionItem(
    string? District,
    long Version,
    string Standing,
    UtcTime Effective,
    string ProposedBy,
    UtcTime Proposed,
    string? DecidedBy,
    UtcTime? Decided,
    string Digest,
    string? ApprovedBy,
    bool? Independent)
{
    public static PolicyVersionItem Of(PolicyVersion version) => new(
        version.District,
        version.Version,
        Words<PolicyStanding>.Of(version.Standing),
        new(version.EffectiveMs),
        version.ProposedBy,
        new(version.ProposedMs),
        version.DecidedBy,
        UtcTime.OrNull(version.DecidedMs),
        version.Digest,
        version.ApprovedBy,
        version.Independence == ApproverIndependence.Unknown ? null : version.Independence == ApproverIndependence.Independent);
}
