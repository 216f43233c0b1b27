namespace Quartier.Client.Decisions;

/// <summary>Whose request is to be explained.</summary>
/// <param name="Principal"><c>public</c>, <c>person:ID</c>, <c>office:ID</c>, <c>role:WORD</c>, <c>contract:ID</c>; null for whoever asks.</param>
/// <param name="Purpose">Id of the purpose; null when none is stated.</param>
/// <param name="Stream">As <c>gateway/sensor/property</c>.</param>
/// <param name="Resolution"><c>raw</c>, <c>minute</c>, <c>quarter</c>, <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>; null for raw.</param>
public sealed record DecisionQuestion(string? Principal, string? Purpose, string Stream, string? Resolution);
