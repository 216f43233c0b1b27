namespace Quartier.Contracts.Registry;

/// <summary>Which messages of a gateway are whose.</summary>
/// <param name="Pattern">A topic; levels may be <c>{sensor}</c>, <c>{property}</c> or <c>+</c>.</param>
/// <param name="Sensor">Id of the sensor whose topic this is; null when the pattern names it or the topic is passed over.</param>
/// <param name="Property">The property of which the topic tells, where the format has one a message and the pattern does not name it; null otherwise.</param>
/// <param name="Ignore">Messages in it are nobody's readings: they are acknowledged and passed over.</param>
[GenerateSerializer, Immutable, Alias("quartier.DecoderTopic")]
public sealed record DecoderTopic(
    [property: Id(0)] string Pattern, [property: Id(1)] string? Sensor, [property: Id(2)] string? Property, [property: Id(3)] bool Ignore);
