using Quartier.Client.Cities;

namespace Quartier.Client.Decisions;

/// <summary>One step of a decision.</summary>
/// <param name="Step">What was looked at.</param>
/// <param name="Subject">Id of the entry that was looked at, or null.</param>
/// <param name="Passed">Whether the request passed it.</param>
/// <param name="Reason">Why not, as a word; null when it passed.</param>
/// <param name="Text">The same for people.</param>
public sealed record DecisionStep(string Step, string? Subject, bool Passed, string? Reason, Bilingual Text);
