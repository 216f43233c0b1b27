using Quartier.Api.Json;

namespace Quartier.Api.Native.Readings;

/// <summary>The newest reading of a datastream.</summary>
internal sealed record LatestItem(UtcTime Time, double Value, string Unit, QualityFlags Quality);
