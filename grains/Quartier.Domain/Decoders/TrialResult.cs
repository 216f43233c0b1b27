using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Decoders;

/// <summary>What would become of a message.</summary>
/// <param name="Sensor">Whose it is, as <c>gateway/sensor</c>; empty when it is nobody's.</param>
/// <param name="Stored">What the decoder reads, before the sensor judges it: property, unit, and the sample with its time.</param>
/// <param name="Refused">What it refuses, and why.</param>
/// <param name="IsIgnored">Whether the topic is one that is passed over.</param>
public sealed record TrialResult(
    string Sensor,
    ImmutableArray<(string Property, string Unit, Sample Sample)> Stored,
    ImmutableArray<(RefusalReason Reason, int Count, string Detail)> Refused,
    bool IsIgnored);
