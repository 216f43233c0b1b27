using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Domain.Publication;
using Quartier.Domain.Time;

namespace Domain.Tests.Publication;

/// <summary>Small months to publish: days of the city's time zone, with only a few hours that hold readings.</summary>
internal static class Months
{
    public const long Hour = 3_600_000;
    public const long LongAfter = 1_900_000_000_000;

    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    public static readonly byte[] Secret = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];
    public static readonly PublicationDefinition Rules = new(5, 2, 5, 1, 0);

    public static CellKeys Keys { get; } = new(Secret, "bicycles/total");

    public static ImmutableArray<long> Edges(int year, int month, int days)
    {
        var first = new DateOnly(year, month, 1);
        return [.. Enumerable.Range(0, days + 1).Select(d => LocalDays.StartOf(Berlin, first.AddDays(d)))];
    }

    public static AggregateRow Row(long startMs, double sum, long count = 1) =>
        new(startMs, startMs + Hour, count, sum, sum / count, sum / count, startMs, startMs, sum / count, 0);

    public static PublishedTable Publish(MonthTable month, PublicationDefinition? rules = null, long nowMs = LongAfter) =>
        PublishedTable.Of(month, rules ?? Rules, Keys, nowMs);
}
