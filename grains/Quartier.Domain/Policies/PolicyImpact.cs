using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>What a change of policy would change in a district: shown before it is approved.</summary>
/// <param name="Access">Who gains or loses what; by principal, purpose and stream.</param>
/// <param name="Shorter">Where retention becomes shorter.</param>
/// <param name="NewDenials">Ids of denials that are added or say something else.</param>
/// <param name="EndedDenials">Ids of denials that end or say something else.</param>
public sealed record PolicyImpact(
    ImmutableArray<AccessChange> Access, ImmutableArray<RetentionChange> Shorter, ImmutableArray<string> NewDenials, ImmutableArray<string> EndedDenials)
{
    /// <summary>Whether nobody's reading and no retention would change.</summary>
    public bool IsEmpty => Access.IsEmpty && Shorter.IsEmpty && NewDenials.IsEmpty && EndedDenials.IsEmpty;

    /// <summary>Compares two effective policies over what is registered, with the decision itself.</summary>
    /// <param name="before">What holds now; null for quarantine.</param>
    /// <param name="after">What would hold; null for quarantine.</param>
    /// <param name="registry">What is registered in the city.</param>
    /// <param name="district">Id of the district.</param>
    /// <param name="nowMs">The time at which both are judged, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public static PolicyImpact Between(EffectivePolicy? before, EffectivePolicy? after, RegistrySnapshot registry, string district, long nowMs) =>
        new ImpactComparison(before, after, registry, district, nowMs).Run();
}
