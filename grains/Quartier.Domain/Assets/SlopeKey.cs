namespace Quartier.Domain.Assets;

/// <summary>A slope that some expression of a type asks for.</summary>
/// <param name="Name">Index of the input or computed value.</param>
/// <param name="SpanMs">The span of event time in milliseconds.</param>
internal readonly record struct SlopeKey(int Name, long SpanMs);
