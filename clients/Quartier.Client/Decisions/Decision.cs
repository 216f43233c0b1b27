using Quartier.Client.Cities;

namespace Quartier.Client.Decisions;

/// <summary>A decision who may read what, explained.</summary>
/// <param name="Principal">Whose request.</param>
/// <param name="Purpose">For which purpose; null when none was clear.</param>
/// <param name="Stream">The datastream.</param>
/// <param name="District">Id of the district that decided.</param>
/// <param name="Resolution">How fine.</param>
/// <param name="Permitted">Whether it is permitted.</param>
/// <param name="Reason">Why not, as a word; null when it is.</param>
/// <param name="Policy">By which versions it was decided.</param>
/// <param name="Grant">The grant or denial that decided, or null.</param>
/// <param name="Explanation">The decision for people.</param>
/// <param name="Steps">What was looked at, in order.</param>
public sealed record Decision(
    string Principal,
    string? Purpose,
    string Stream,
    string District,
    string Resolution,
    bool Permitted,
    string? Reason,
    string? Policy,
    string? Grant,
    Bilingual Explanation,
    IReadOnlyList<DecisionStep> Steps);
