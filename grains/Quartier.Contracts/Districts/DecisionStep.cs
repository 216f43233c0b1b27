using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Districts;

/// <summary>One step of a decision: what was looked at and what came of it.</summary>
/// <param name="Step"><c>credential</c>, <c>registered</c>, <c>stream</c>, <c>contract</c>, <c>purpose</c>, <c>collected-for</c>, <c>denial</c>,
/// <c>grant</c> or <c>decision</c>.</param>
/// <param name="Subject">Id of the entry that was looked at; null when there is none.</param>
/// <param name="Reason"><see cref="DenialReason.None"/> when the step let the request pass.</param>
/// <param name="Text">The same for people.</param>
[GenerateSerializer, Immutable, Alias("quartier.DecisionStep")]
public sealed record DecisionStep(
    [property: Id(0)] string Step, [property: Id(1)] string? Subject, [property: Id(2)] DenialReason Reason, [property: Id(3)] BilingualText Text);
