using Quartier.Api.Json;

namespace Quartier.Api.Native.Exports;

/// <summary>A reading in an export; <c>quality</c> is null when it is left out.</summary>
internal sealed record ExportedReading(string Stream, string Unit, UtcTime Time, double Value, QualityFlags? Quality);
