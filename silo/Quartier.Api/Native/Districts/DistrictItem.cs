using System.Collections.Immutable;
using Quartier.Api.Json;

namespace Quartier.Api.Native.Districts;

/// <summary>A district at a glance.</summary>
internal record DistrictItem(
    string Id,
    string Name,
    string Office,
    int RetentionDays,
    UtcTime? Now,
    CoverageItem Coverage,
    AlertCounts Alerts,
    ImmutableArray<LiveAggregate> Live);
