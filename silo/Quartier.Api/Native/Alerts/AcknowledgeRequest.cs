namespace Quartier.Api.Native.Alerts;

/// <summary>Someone takes an alert.</summary>
/// <param name="By">Who: 1 … 100 characters.</param>
internal sealed record AcknowledgeRequest(string? By);
