using Quartier.Api.Http;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Districts;

namespace Quartier.Api.OpenData;

/// <summary>Which published cells are asked for.</summary>
internal sealed record PublicationQuery(string Word, Resolution Resolution, TimeRange Range)
{
    /// <summary>Longest range in one answer: a year and some days.</summary>
    private const int DaysMax = 370;

    private const long MsPerDay = 86_400_000;

    private static readonly (string Word, Resolution Resolution, int DefaultDays)[] Known =
        [("P1D", Resolution.Day, 31), ("PT1H", Resolution.Hour, 7), ("P1W", Resolution.Week, 84), ("P1M", Resolution.Month, 365)];

    public static QueryParameter Length { get; } = new(
        "resolution", QueryKind.Word, "Length of a cell: hours, days, weeks (from Monday) and months of the city's time zone.")
    {
        Words = [.. Known.Select(k => k.Word)],
    };

    public static Outcome<PublicationQuery> Read(HttpRequest request, long nowMs)
    {
        if (!QueryReader.Word(request, Length).TryGet(out var word, out var problem))
        {
            return problem;
        }

        var (_, resolution, days) = Array.Find(Known, k => string.Equals(k.Word, word, StringComparison.Ordinal));
        if (!TimeRange.Read(request, nowMs, days * MsPerDay).TryGet(out var range, out problem))
        {
            return problem;
        }

        return range.ToMs - range.FromMs <= DaysMax * MsPerDay
            ? new PublicationQuery(word!, resolution, range)
            : Problems.BadParameter(
                TimeRange.From.Name,
                request.Query[TimeRange.From.Name].ToString(),
                $"the range is longer than {DaysMax} days, which is the most in one answer. Ask for a shorter one.");
    }
}
