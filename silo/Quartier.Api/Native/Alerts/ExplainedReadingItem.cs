using Quartier.Api.Json;

namespace Quartier.Api.Native.Alerts;

/// <summary>A reading that decided.</summary>
internal sealed record ExplainedReadingItem(string Property, UtcTime Time, double Value, QualityFlags? Quality);
