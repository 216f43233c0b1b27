using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>The policies in force in one city. Immutable; replaced as a whole.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Sequence">Grows with every replacement, so that an older one never replaces a newer.</param>
/// <param name="Districts">The effective policy of each district that has one, by district id.</param>
public sealed record PolicySnapshot(string City, long Sequence, ImmutableDictionary<string, EffectivePolicy> Districts)
{
    /// <summary>Whether the same districts have the very same policies as in the other.</summary>
    public bool HasSameDistricts(PolicySnapshot? other) =>
        other?.Districts.Count == Districts.Count && Districts.All(d => ReferenceEquals(other.Districts.GetValueOrDefault(d.Key), d.Value));
}
