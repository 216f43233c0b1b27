using System.Collections.Immutable;

namespace Quartier.Contracts.Districts;

/// <summary>A district at a glance.</summary>
/// <param name="NowMs">What the district takes for now (see CityClock), in milliseconds since 1970-01-01T00:00:00Z; 0 when a replay has not begun.</param>
/// <param name="Expected">Sensors registered.</param>
/// <param name="Reporting">Sensors heard within 1.5 times their expected interval before now (at least 90 s).</param>
/// <param name="Silent">The others, as <c>gateway/sensor</c>, at most 1,000.</param>
/// <param name="RaisedAlerts">Alerts raised and not taken.</param>
/// <param name="AcknowledgedAlerts">Alerts taken and not resolved.</param>
/// <param name="Live">For each property the aggregate of the last complete hour over the district's sensors.</param>
/// <param name="RetentionDays">Longest time that raw readings are kept.</param>
[GenerateSerializer, Immutable, Alias("quartier.DistrictState")]
public sealed record DistrictState(
    [property: Id(0)] long NowMs,
    [property: Id(1)] int Expected,
    [property: Id(2)] int Reporting,
    [property: Id(3)] ImmutableArray<string> Silent,
    [property: Id(4)] long RaisedAlerts,
    [property: Id(5)] long AcknowledgedAlerts,
    [property: Id(6)] ImmutableArray<PropertyAggregate> Live,
    [property: Id(7)] int RetentionDays);
