namespace Quartier.Client;

/// <summary>Who acknowledges an alert.</summary>
internal sealed record AcknowledgeRequest(string By);
