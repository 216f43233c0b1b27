using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Judgement;

namespace Quartier.Api.Native.Readings;

/// <summary>Reads what lies before a range, so that its readings get the same derived quality as in the whole history.</summary>
internal static class Neighbours
{
    /// <summary>Readings fetched at once; the store's own limit.</summary>
    private const int BatchMax = 100_000;

    private const long MsPerDay = 86_400_000;

    /// <summary>2000-01-01T00:00:00Z: no reading is older.</summary>
    private const long EarliestMs = 946_684_800_000;

    /// <summary>How far back the predecessor is looked for, step by step: most sensors have been heard within two days.</summary>
    private static readonly long[] StepsMs = [2 * MsPerDay, 40 * MsPerDay, long.MaxValue];

    /// <summary>The state of the derived quality after everything before the time.</summary>
    public static async Task<DerivedQuality> BeforeAsync(
        IReadingStore store, int number, DatastreamDefinition datastream, long beforeMs, CancellationToken cancellationToken)
    {
        var quality = default(DerivedQuality);
        var start = Math.Max(EarliestMs, beforeMs - DerivedQuality.LookBackMs(datastream));
        var any = false;
        for (var from = start; from < beforeMs;)
        {
            var batch = await store.RangeAsync(number, from, beforeMs, BatchMax, cancellationToken).ConfigureAwait(false);
            foreach (var reading in batch)
            {
                quality.Next(datastream, reading);
                any = true;
            }

            from = batch.Count < BatchMax ? beforeMs : batch[^1].TimeMs + 1;
        }

        return any ? quality : await PredecessorAsync(store, number, start, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<DerivedQuality> PredecessorAsync(IReadingStore store, int number, long beforeMs, CancellationToken cancellationToken)
    {
        foreach (var step in StepsMs)
        {
            var from = step > beforeMs - EarliestMs ? EarliestMs : beforeMs - step;
            if (from >= beforeMs)
            {
                break;
            }

            var rows = await store.AggregateAsync(number, from, beforeMs, beforeMs - from, from, cancellationToken).ConfigureAwait(false);
            if (rows.Count > 0)
            {
                return DerivedQuality.After(rows[^1].LastMs, rows[^1].LastValue);
            }
        }

        return default;
    }
}
