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
    long? Flagged)
{
    /// <param name="row">The window.</param>
    /// <param name="quality">False to leave out what says something about quality.</param>
    /// <param name="last">False to leave out the last reading, which is finer than the window.</param>
    public static AggregateItem Of(AggregateRow row, bool quality, bool last) => new(
        new(row.StartMs),
        new(row.EndMs),
        row.Count,
        Numbers.Finite(row.Sum),
        Numbers.Finite(row.Min),
        Numbers.Finite(row.Max),
        Numbers.Finite(row.Sum / row.Count),
        last ? Numbers.Finite(row.LastValue) : null,
        quality ? row.Flagged : null);

    public static AggregateItem? OrNull(AggregateRow? row, bool quality) => row is { } r ? Of(r, quality, last: true) : null;
}
