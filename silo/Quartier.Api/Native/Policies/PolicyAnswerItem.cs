namespace Quartier.Api.Native.Policies;

/// <summary>What became of a proposal, an approval or a withdrawal.</summary>
/// <param name="Outcome"><c>done</c>, or <c>unchanged</c> when the text is the one that was approved or proposed last.</param>
/// <param name="Version">The version concerned; absent for a check.</param>
internal sealed record PolicyAnswerItem(string Outcome, PolicyVersionItem? Version);
