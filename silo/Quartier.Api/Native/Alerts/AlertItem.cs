using Quartier.Api.Json;

namespace Quartier.Api.Native.Alerts;

/// <summary>An alert with its explanation.</summary>
internal sealed record AlertItem(
    string Id,
    string District,
    string Subject,
    string SubjectName,
    string Severity,
    string Office,
    string State,
    UtcTime Start,
    UtcTime Raised,
    UtcTime? Resolved,
    string? AcknowledgedBy,
    ExplanationItem Explanation,
    string? Withheld);
