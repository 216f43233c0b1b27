using Quartier.Api.Json;

namespace Quartier.Api.Native.Assets;

/// <summary>One value of an asset; time and value are null while it is unknown or withheld, quality when it is left out.</summary>
internal sealed record AssetValueItem(UtcTime? Time, double? Value, string Unit, QualityFlags? Quality);
