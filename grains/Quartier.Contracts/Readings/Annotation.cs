namespace Quartier.Contracts.Readings;

/// <summary>
/// What an Observation holds beside its phenomenon time, its number and its quality flags. Rare, and small: see <see cref="MostBytes"/>.
/// </summary>
/// <param name="ResultTimeMs">When the result became known, in milliseconds since 1970-01-01T00:00:00Z; null when that is the phenomenon time, or its end.</param>
/// <param name="ValidFromMs">Start of the time during which the result may be used; null for none.</param>
/// <param name="ValidToMs">Its end; as the start when it is a moment.</param>
/// <param name="ResultQuality">Quality as the sender states it: JSON; null for none.</param>
/// <param name="Parameters">Circumstances of the measurement: a JSON object; null for none.</param>
/// <param name="Result">A result that is no number: JSON; null when the number is the result.</param>
[GenerateSerializer, Immutable, Alias("quartier.Annotation")]
public sealed record Annotation(
    [property: Id(0)] long? ResultTimeMs,
    [property: Id(1)] long? ValidFromMs,
    [property: Id(2)] long? ValidToMs,
    [property: Id(3)] string? ResultQuality,
    [property: Id(4)] string? Parameters,
    [property: Id(5)] string? Result)
{
    /// <summary>
    /// Where the phenomenon time is a span: its end, in milliseconds since 1970-01-01T00:00:00Z, after its start, which is the reading's time; otherwise null.
    /// </summary>
    [Id(6)]
    public long? PhenomenonEndMs { get; init; }

    /// <summary>Bytes that an annotation takes at most as it is stored: what is longer is a document of its own, and would fill the journal faster than it is emptied.</summary>
    public const int MostBytes = 10 * 1024;

    /// <summary>Nothing.</summary>
    public static Annotation None { get; } = new(null, null, null, null, null, null);
}
