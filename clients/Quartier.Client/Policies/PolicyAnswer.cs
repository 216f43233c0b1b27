namespace Quartier.Client.Policies;

/// <summary>What became of a proposal, an approval or a withdrawal.</summary>
/// <param name="Outcome"><c>done</c>, or <c>unchanged</c> when the text is the one that was approved or proposed last.</param>
/// <param name="Version">The version concerned; null for a check.</param>
public sealed record PolicyAnswer(
    string Outcome,
    PolicyVersion? Version);
