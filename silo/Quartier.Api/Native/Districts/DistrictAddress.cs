namespace Quartier.Api.Native.Districts;

/// <summary>What the path of a district's route names.</summary>
internal sealed record DistrictAddress(string City, string District);
