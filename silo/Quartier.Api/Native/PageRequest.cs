namespace Quartier.Api.Native;

/// <summary>Which page of a city's things is asked for.</summary>
internal sealed record PageRequest(string? District, string? After, int Limit);
