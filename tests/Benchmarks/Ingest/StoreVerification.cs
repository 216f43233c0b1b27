using Quartier.Contracts.Readings;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Ingest;

/// <summary>What a look into the store found.</summary>
/// <param name="Stored">Readings stored.</param>
/// <param name="Lost">Acknowledged readings that are not stored.</param>
/// <param name="Invented">Stored readings that were never offered, or have another value.</param>
/// <param name="Disordered">Stored readings that stand out of order or twice.</param>
internal sealed record StoreVerification(long Stored, long Lost, long Invented, long Disordered)
{
    private const int PageSize = 100_000;

    /// <summary>Whether the store holds what it promised.</summary>
    public bool Holds => Lost == 0 && Invented == 0 && Disordered == 0;

    /// <summary>Adds up.</summary>
    public static StoreVerification operator +(StoreVerification left, StoreVerification right) => new(
        left.Stored + right.Stored, left.Lost + right.Lost, left.Invented + right.Invented, left.Disordered + right.Disordered);

    /// <summary>Compares a store with what a generator recorded, reading by reading.</summary>
    public static Task<StoreVerification> OfAsync(IReadingStore store, LoadRecord record) => OfAsync(store, record, 0, long.MaxValue);

    /// <summary>Compares what a store holds of one span of event time, in milliseconds, with what a generator recorded in it.</summary>
    public static async Task<StoreVerification> OfAsync(IReadingStore store, LoadRecord record, long fromMs, long toMs)
    {
        var total = new StoreVerification(0, 0, 0, 0);
        for (var gateway = 0; gateway < record.Header.Gateways; gateway++)
        {
            for (var sensor = 0; sensor < record.Header.Sensors; sensor++)
            {
                total = await AddSensorAsync(total, store, record, (gateway, sensor), (fromMs, toMs)).ConfigureAwait(false);
            }
        }

        return total;
    }

    private static async Task<StoreVerification> AddSensorAsync(
        StoreVerification total, IReadingStore store, LoadRecord record, (int Gateway, int Sensor) address, (long FromMs, long ToMs) span)
    {
        var (gateway, sensor) = address;
        var number = store.Register(new($"{record.Header.City}/g{gateway}/s{sensor}", "value"), TimeSpan.FromDays(36_500));
        var (stored, invented, disordered, found) = (0L, 0L, 0L, 0L);
        var offered = record.Header.FirstIndex + record.OfferedReadings(gateway, sensor);
        var last = long.MinValue;
        for (var from = span.FromMs; ;)
        {
            var page = await store.RangeAsync(number, from, span.ToMs, PageSize, CancellationToken.None).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            foreach (var reading in page)
            {
                stored++;
                disordered += reading.TimeMs <= last ? 1 : 0;
                last = reading.TimeMs;
                var index = record.Sequence.Index(reading.TimeMs);
                var known = index < offered && reading.Value.Equals(LoadSequence.Value(gateway, sensor, index.Value));
                invented += known ? 0 : 1;
                found += known && record.IsAcknowledged(gateway, sensor, index!.Value) ? 1 : 0;
            }

            from = page[^1].TimeMs + 1;
        }

        var lost = Acknowledged(record, gateway, sensor) - found;
        return total + new StoreVerification(stored, lost, invented, disordered);
    }

    private static long Acknowledged(LoadRecord record, int gateway, int sensor)
    {
        var count = 0L;
        for (var i = 0L; i < record.OfferedReadings(gateway, sensor); i++)
        {
            count += record.IsAcknowledged(gateway, sensor, record.Header.FirstIndex + i) ? 1 : 0;
        }

        return count;
    }
}
