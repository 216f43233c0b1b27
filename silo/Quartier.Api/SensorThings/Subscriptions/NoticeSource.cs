using System.Collections.Immutable;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>What a notice of an Observation was measured by, as far as policies speak of it.</summary>
/// <param name="City">The city.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Sensor">The sensor.</param>
/// <param name="Properties">Which of its properties; none for all of them.</param>
/// <param name="HoldsQuality">Whether the notice tells the quality of the reading.</param>
public sealed record NoticeSource(string City, string Gateway, string Sensor, ImmutableArray<string> Properties, bool HoldsQuality);
