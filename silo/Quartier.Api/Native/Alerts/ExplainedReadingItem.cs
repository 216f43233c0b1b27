using Quartier.Api.Json;

namespace Quartier.Api.Native.Alerts;

/// <summary>A reading that decided; without its value when its retention has ended.</summary>
internal sealed record ExplainedReadingItem(string Property, UtcTime Time, double? Value, QualityFlags? Quality);
