namespace Quartier.Domain.Rules;

/// <summary>The numbers that a sentence may name.</summary>
/// <param name="Value">{value}, in the property's unit.</param>
/// <param name="Threshold">{threshold}, in the property's unit; for silence and sameness in seconds.</param>
/// <param name="DurationMs">{duration}.</param>
/// <param name="TimeMs">{time}: when the condition began, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Difference">{difference}: how far beyond the threshold, or between sum and total.</param>
internal readonly record struct SentenceFacts(double Value, double Threshold, long DurationMs, long TimeMs, double Difference);
