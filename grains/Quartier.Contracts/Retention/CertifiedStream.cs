using System.Text.Json.Serialization;

namespace Quartier.Contracts.Retention;

/// <summary>What was deleted of one datastream. Times in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Stream"><c>gateway/sensor/property</c>.</param>
/// <param name="Readings">Single readings deleted.</param>
/// <param name="RollUps">Hourly and daily aggregates deleted.</param>
/// <param name="Moved">Readings moved to an earlier expiry day because their retention became shorter: the old place holds none.</param>
/// <param name="FirstMs">Start of what was deleted; 0 when nothing was.</param>
/// <param name="LastMs">End of what was deleted; 0 when nothing was.</param>
[GenerateSerializer, Immutable, Alias("quartier.CertifiedStream")]
public sealed record CertifiedStream(
    [property: Id(0)] string Stream,
    [property: Id(1)] long Readings,
    [property: Id(2)] long RollUps,
    [property: Id(3)] long Moved,
    [property: Id(4)] long FirstMs,
    [property: Id(5)] long LastMs)
{
    /// <summary>What Observations held beside the readings deleted. Left out of the text when there was none, as in certificates from before it was counted.</summary>
    [Id(6)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Annotations { get; init; }

    /// <summary>What Observations hold beside the readings moved; left out as <see cref="Annotations"/> is.</summary>
    [Id(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MovedAnnotations { get; init; }
}
