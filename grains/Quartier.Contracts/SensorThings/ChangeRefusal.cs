namespace Quartier.Contracts.SensorThings;

/// <summary>Why a list of changes was refused.</summary>
/// <param name="Reason">Its kind.</param>
/// <param name="Index">Which change of the list.</param>
/// <param name="Text">For people, with the remedy.</param>
public sealed record ChangeRefusal(ChangeRefusalReason Reason, int Index, string Text);
