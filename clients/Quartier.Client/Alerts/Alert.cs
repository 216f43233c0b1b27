namespace Quartier.Client.Alerts;

/// <summary>An alert with its explanation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="District">Id of its district.</param>
/// <param name="Subject">What it is about: <c>sensor/gateway/id</c> or <c>asset/id</c>.</param>
/// <param name="SubjectName">For people.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Office">Id of the office that must act.</param>
/// <param name="State"><c>raised</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
/// <param name="Start">When the condition began.</param>
/// <param name="Raised">When it had held long enough.</param>
/// <param name="Resolved">When it ended, or null.</param>
/// <param name="AcknowledgedBy">Who took it on, or null.</param>
/// <param name="Explanation">Why it was raised.</param>
public sealed record Alert(
    string Id,
    string District,
    string Subject,
    string SubjectName,
    string Severity,
    string Office,
    string State,
    DateTimeOffset Start,
    DateTimeOffset Raised,
    DateTimeOffset? Resolved,
    string? AcknowledgedBy,
    Explanation Explanation);
