using Quartier.Client.Cities;

namespace Quartier.Client.Registers;

/// <summary>A datastream in the public register.</summary>
/// <param name="Stream">As <c>gateway/sensor/property</c>.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Sensor">The sensor's name.</param>
/// <param name="District">Id of the district.</param>
/// <param name="Question">The question that it answers.</param>
/// <param name="Quarantine">No policy covers it: kept for a day, read by nobody.</param>
/// <param name="Class"><c>public</c>, <c>internal</c> or <c>sensitive</c>.</param>
/// <param name="Operator">Who operates the sensor; null in quarantine.</param>
/// <param name="Office">The responsible office.</param>
/// <param name="Purposes">For what it is collected.</param>
/// <param name="Retention">How long each resolution is kept.</param>
/// <param name="Access">Who may read it now; persons are not named.</param>
public sealed record RegisteredStream(
    string Stream,
    string Name,
    string Sensor,
    string District,
    string Question,
    bool Quarantine,
    string Class,
    string? Operator,
    Office Office,
    IReadOnlyList<StreamPurpose> Purposes,
    IReadOnlyList<StreamRetention> Retention,
    IReadOnlyList<StreamAccess> Access);
