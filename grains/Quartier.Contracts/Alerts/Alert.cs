using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Alerts;

/// <summary>
/// One occurrence of a rule's condition. The id follows from rule, subject and start, so that a repeated effect is stored once.
/// Times are event times in milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
/// <param name="Id">26 lower-case base-32 characters of SHA-256 over rule id, subject and start.</param>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district.</param>
/// <param name="Subject"><c>sensor/{gateway}/{sensor}</c> or <c>asset/{id}</c>.</param>
/// <param name="SubjectName">For people.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartMs">When the condition began to hold.</param>
/// <param name="RaisedMs">When it had held long enough.</param>
/// <param name="ResolvedMs">When it ceased to hold, or null.</param>
/// <param name="AcknowledgedBy">Who took it, or null.</param>
/// <param name="Explanation">Why it was raised.</param>
[GenerateSerializer, Immutable, Alias("quartier.Alert")]
public sealed record Alert(
    [property: Id(0)] string Id,
    [property: Id(1)] string City,
    [property: Id(2)] string District,
    [property: Id(3)] string Subject,
    [property: Id(4)] string SubjectName,
    [property: Id(5)] Severity Severity,
    [property: Id(6)] string Office,
    [property: Id(7)] AlertState State,
    [property: Id(8)] long StartMs,
    [property: Id(9)] long RaisedMs,
    [property: Id(10)] long? ResolvedMs,
    [property: Id(11)] string? AcknowledgedBy,
    [property: Id(12)] Explanation Explanation);
