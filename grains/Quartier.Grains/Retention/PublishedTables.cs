using System.Collections.Immutable;
using Quartier.Contracts.Retention;
using Quartier.Domain.Publication;

namespace Quartier.Grains.Retention;

/// <summary>Published tables as something that ends, and as a place to look into.</summary>
internal static class PublishedTables
{
    /// <summary>The place's name in certificates.</summary>
    public const string Place = "published tables";

    /// <summary>
    /// What was published stays as long as anything of which it was made, and not longer. Returns before which time the tables of each stream are gone.
    /// </summary>
    public static async Task<ImmutableDictionary<string, long>> ForgetAsync(RetentionPorts ports, long nowMs)
    {
        var before = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        if (ports.Publications is { } publications)
        {
            foreach (var (city, stream) in await publications.StreamsAsync(CancellationToken.None))
            {
                var beforeMs = BeforeMs(ports, nowMs, city, stream);
                await publications.ForgetAsync(city, stream, beforeMs, CancellationToken.None);
                before[Key(city, stream)] = beforeMs;
            }
        }

        return before.ToImmutable();
    }

    /// <summary>Looks for tables that should be gone since a run; what was published for the first time after it has not ended yet.</summary>
    public static async Task<PlaceExamined> ExamineAsync(RetentionPorts ports, ImmutableDictionary<string, long>? before)
    {
        var (examined, findings) = (0L, ImmutableArray.CreateBuilder<string>());
        if (ports.Publications is { } publications)
        {
            foreach (var (city, stream) in await publications.StreamsAsync(CancellationToken.None))
            {
                // A policy that became stricter since works with the next run; one that became milder may show an older table again.
                var ranBeforeMs = before?.GetValueOrDefault(Key(city, stream), long.MinValue) ?? long.MinValue;
                var beforeMs = Math.Min(ranBeforeMs, BeforeMs(ports, ports.NowMs, city, stream));
                var (kept, ended) = await publications.CountAsync(city, stream, beforeMs, CancellationToken.None);
                examined += kept;
                if (ended > 0 && findings.Count < PlaceExamined.MostFindings)
                {
                    findings.Add($"{ended} published tables of {city}/{stream} outlive everything of which they were made. Run the retention again.");
                }
            }
        }

        return new(Place, examined, findings.ToImmutable());
    }

    private static long BeforeMs(RetentionPorts ports, long nowMs, string city, string stream) =>
        PublicationTerms.BeforeMs(nowMs, PublicationTerms.KeptDays(ports.Policies?.Find(city), stream.Split('/')[0]));

    private static string Key(string city, string stream) => $"{city}/{stream}";
}
