using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Districts;

/// <summary>The district's answer.</summary>
/// <param name="Reason"><see cref="DenialReason.None"/> when it is permitted.</param>
/// <param name="Explanation">Why, for people, with the remedy when it is denied.</param>
/// <param name="PolicyVersion">By which versions it was decided, such as <c>city 3, district 7</c>; empty without a policy.</param>
/// <param name="Purpose">The purpose for which it is permitted, stated or implied; null when denied before a purpose was known.</param>
/// <param name="Grant">Id of the grant (or of the denial) that decided; null when none did.</param>
/// <param name="Obligations">What the answer must keep to; null when it is denied.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadDecision")]
public sealed record ReadDecision(
    [property: Id(0)] DenialReason Reason,
    [property: Id(1)] BilingualText Explanation,
    [property: Id(2)] string PolicyVersion,
    [property: Id(3)] string? Purpose,
    [property: Id(4)] string? Grant,
    [property: Id(5)] ReadObligations? Obligations)
{
    /// <summary>Whether it is permitted.</summary>
    public bool Permitted => Reason == DenialReason.None;
}
