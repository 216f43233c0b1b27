using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>A datastream in the public register of sensors (G11).</summary>
/// <param name="Stream">As <c>gateway/sensor/property</c>.</param>
/// <param name="Name">What is measured, for people.</param>
/// <param name="Sensor">The sensor's name for people.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Question">The question that the datastream answers.</param>
/// <param name="Gateway">Who pushes for the sensor.</param>
/// <param name="District">Id of the district.</param>
/// <param name="DistrictName">The district's name for people.</param>
/// <param name="Position">Longitude and latitude in degrees; null when unknown or withheld.</param>
/// <param name="PositionWithheld">Whether the policy keeps the position from the public.</param>
/// <param name="Quarantine">No policy covers it: kept for one day, read by nobody.</param>
/// <param name="Class"><c>public</c>, <c>internal</c> or <c>sensitive</c>.</param>
/// <param name="CountsPeople">Whether people are counted, on foot, on bicycles or in vehicles.</param>
/// <param name="Operator">Who operates the sensor; null in quarantine.</param>
/// <param name="Office">The responsible office and its contact.</param>
/// <param name="Purposes">For what it is collected.</param>
/// <param name="Retention">How long each resolution is kept.</param>
/// <param name="Answers">The four answers of G1; null in quarantine.</param>
/// <param name="Access">Who may read it now.</param>
/// <param name="PolicyVersion">By which policy; empty without one.</param>
public sealed record RegisterEntry(
    string Stream,
    string Name,
    string Sensor,
    string Unit,
    string Question,
    GatewayDefinition Gateway,
    string District,
    string DistrictName,
    ImmutableArray<double>? Position,
    bool PositionWithheld,
    bool Quarantine,
    string Class,
    bool CountsPeople,
    string? Operator,
    OfficeDefinition Office,
    ImmutableArray<RegisterPurpose> Purposes,
    ImmutableArray<RegisterRetention> Retention,
    StreamAnswers? Answers,
    ImmutableArray<RegisterAccess> Access,
    string PolicyVersion);
