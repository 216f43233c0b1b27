using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>One step of a decision: what was looked at and what came of it.</summary>
/// <param name="Step"><c>credential</c>, <c>registered</c>, <c>stream</c>, <c>contract</c>, <c>purpose</c>, <c>collected-for</c>, <c>denial</c>,
/// <c>grant</c> or <c>decision</c>.</param>
/// <param name="Subject">Id of the entry that was looked at; null when there is none.</param>
/// <param name="Reason"><see cref="DenialReason.None"/> when the step let the request pass; else why it did not, or why the grant does not permit.</param>
/// <param name="Text">The same for people.</param>
public sealed record StepTried(string Step, string? Subject, DenialReason Reason, BilingualText Text)
{
    /// <summary>Whether the step let the request pass.</summary>
    public bool Passed => Reason == DenialReason.None;
}
