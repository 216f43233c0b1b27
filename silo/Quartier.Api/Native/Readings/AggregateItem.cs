using Quartier.Api.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Readings;

/// <summary>The readings of one window, summarised.</summary>
internal sealed record AggregateItem(
    UtcTime Start,
    UtcTime End,
    long Count,
    double? Sum,
    double? Min,
    double? Max,
    double? Mean,
    double? Last,
    long Flagged)
{
    public static AggregateItem Of(AggregateRow row) => new(
        new(row.StartMs),
        new(row.EndMs),
        row.Count,
        Numbers.Finite(row.Sum),
        Numbers.Finite(row.Min),
        Numbers.Finite(row.Max),
        Numbers.Finite(row.Sum / row.Count),
        Numbers.Finite(row.LastValue),
        row.Flagged);

    public static AggregateItem? OrNull(AggregateRow? row) => row is { } r ? Of(r) : null;
}
