using Quartier.Api.Json;

namespace Quartier.Api.Native.Districts;

/// <summary>A property over all of a district's sensors in the last complete hour; numbers are null when withheld.</summary>
internal sealed record LiveAggregate(
    string Property, UtcTime Start, UtcTime End, long? Count, double? Sum, double? Min, double? Max, double? Mean, string? Withheld);
