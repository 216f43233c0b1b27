using System.Collections.Immutable;
using Quartier.Api.Http;

namespace Quartier.Api.Native.Readings;

/// <summary>A length over which readings are summarised.</summary>
/// <param name="Word">ISO 8601.</param>
/// <param name="Ms">In milliseconds; null for days, which differ in length where clocks change.</param>
/// <param name="DefaultRangeMs">How far back is looked when no start is given.</param>
internal sealed record AggregateWindow(string Word, long? Ms, long DefaultRangeMs)
{
    private const long MsPerDay = 86_400_000;

    private static readonly ImmutableArray<AggregateWindow> All =
    [
        new("PT1H", 3_600_000, 7 * MsPerDay), new("PT15M", 900_000, MsPerDay), new("P1D", null, 31 * MsPerDay),
    ];

    public static QueryParameter Parameter { get; } = new(
        "window", QueryKind.Word, "Length of a window: quarters and hours of UTC, days of the city's time zone.")
    {
        Words = [.. All.Select(w => w.Word)],
    };

    public static Outcome<AggregateWindow> Read(HttpRequest request) => QueryReader.Word(request, Parameter).TryGet(out var word, out var problem)
        ? All.First(w => w.Word == word)
        : problem;
}
