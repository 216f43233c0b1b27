using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Readings;

/// <summary>A length over which readings are summarised.</summary>
/// <param name="Word">ISO 8601.</param>
/// <param name="Resolution">What a district calls it.</param>
/// <param name="Ms">In milliseconds; null for days and longer ones, which differ in length.</param>
/// <param name="ShortestMs">The shortest that one can be, in milliseconds.</param>
/// <param name="DefaultRangeMs">How far back is looked when no start is given.</param>
internal sealed record AggregateWindow(string Word, Resolution Resolution, long? Ms, long ShortestMs, long DefaultRangeMs)
{
    private const long MsPerHour = 3_600_000;
    private const long MsPerDay = 24 * MsPerHour;

    /// <summary>A day may have an hour less where clocks change; so may a week and a month.</summary>
    private static readonly ImmutableArray<AggregateWindow> All =
    [
        new("PT1H", Resolution.Hour, MsPerHour, MsPerHour, 7 * MsPerDay),
        new("PT1M", Resolution.Minute, 60_000, 60_000, 2 * MsPerHour),
        new("PT15M", Resolution.Quarter, 900_000, 900_000, MsPerDay),
        new("P1D", Resolution.Day, null, MsPerDay, 31 * MsPerDay),
        new("P1W", Resolution.Week, null, 7 * MsPerDay, 366 * MsPerDay),
        new("P1M", Resolution.Month, null, 28 * MsPerDay, 5 * 366 * MsPerDay),
    ];

    public static QueryParameter Parameter { get; } = new(
        "window", QueryKind.Word, "Length of a window: minutes, quarters and hours of UTC; days, ISO weeks and months of the city's time zone.")
    {
        Words = [.. All.Select(w => w.Word)],
    };

    /// <summary>For routes that answer single readings when no window is given.</summary>
    public static QueryParameter OptionalParameter { get; } = Parameter with { Optional = true };

    /// <summary>The window that a district calls so; single readings have none.</summary>
    public static AggregateWindow Of(Resolution resolution) => All.First(w => w.Resolution == resolution);

    public static Outcome<AggregateWindow> Read(HttpRequest request) => QueryReader.Word(request, Parameter).TryGet(out var word, out var problem)
        ? All.First(w => w.Word == word)
        : problem;

    /// <summary>The window, or null when none is given.</summary>
    public static Outcome<AggregateWindow?> ReadOptional(HttpRequest request) =>
        QueryReader.Word(request, OptionalParameter).TryGet(out var word, out var problem)
            ? All.FirstOrDefault(w => w.Word == word)
            : problem;
}
