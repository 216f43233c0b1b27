namespace Quartier.Contracts.Readings;

/// <summary>An annotation as it is stored.</summary>
/// <param name="TimeMs">Phenomenon time of its reading, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Value">The value that it was sent with. It belongs to the reading only while this is the reading's value.</param>
/// <param name="Content">What it says.</param>
/// <param name="IsContradicted">Whether another one was received for the same time and value.</param>
public sealed record StoredAnnotation(long TimeMs, double Value, Annotation Content, bool IsContradicted);
