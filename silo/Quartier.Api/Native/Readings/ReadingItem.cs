using Quartier.Api.Json;

namespace Quartier.Api.Native.Readings;

/// <summary>One reading.</summary>
internal readonly record struct ReadingItem(UtcTime Time, double Value, QualityFlags Quality);
