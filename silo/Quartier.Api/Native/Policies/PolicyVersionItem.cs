using Quartier.Api.Json;
using Quartier.Contracts.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>One version of a policy document.</summary>
internal sealed record PolicyVersionItem(
    string? District,
    long Version,
    string Standing,
    UtcTime Effective,
    string ProposedBy,
    UtcTime Proposed,
    string? DecidedBy,
    UtcTime? Decided,
    string Digest)
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
        version.Digest);
}
