using Quartier.Api.Json;

namespace Quartier.Api.Native.Readings;

/// <summary>One reading; <c>quality</c> is null when it is left out.</summary>
internal readonly record struct ReadingItem(UtcTime Time, double Value, QualityFlags? Quality);
