namespace Quartier.Api.Native.Alerts;

/// <summary>A page of alerts, newest first; <c>next</c> is the value for <c>after</c>, or null on the last page.</summary>
internal sealed record AlertPage(AlertItem[] Items, string? Next);
