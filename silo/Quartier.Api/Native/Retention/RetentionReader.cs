using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Quartier.Api.Native.Retention;

/// <summary>Reads how the retention stands.</summary>
internal sealed class RetentionReader(IGrainFactory grains, IRetentionStore store, IRegistry registry, TimeProvider time, IServiceProvider services)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>How often a long run is asked how it stands.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static IRetentionGrain Grain(IGrainFactory grains) => grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key);

    public async Task<RetentionAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await Grain(grains).GetStatus().ConfigureAwait(false);
        var plan = await store.PlanAsync((time.GetUtcNow() + Ahead).ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        return new(status.Run is { } run ? RetentionRunItem.Of(run) : null, new(status.NextMs), status.Failure, Districts(plan));
    }

    /// <summary>Runs the retention and waits until that is done or held up, however long it takes.</summary>
    public async Task RunAsync(string by, CancellationToken cancellationToken)
    {
        try
        {
            await Grain(grains).Run(by).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Moving millions of readings takes longer than a call waits for its answer; the run goes on, and tells how it stands.
            while (await Grain(grains).GetStatus().WaitAsync(cancellationToken).ConfigureAwait(false) is { Failure: null, Run: { Incident: null, Phase: not RetentionPhase.Done } })
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<CertificateItem[]> CertificatesAsync(string? city, string? district, int limit, CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<ICertificateStore>().ListAsync(city, district, limit, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(CertificateItem.Of)];
    }

    private ImmutableArray<DistrictRetentionItem> Districts(ImmutableArray<ExpiringReadings> plan)
    {
        var book = RetentionBook.Of(registry, services.GetService<IPolicies>());
        return
        [
            .. plan.GroupBy(e => book.PlaceOf(e.Key))
                .OrderBy(g => g.Key.City, StringComparer.Ordinal).ThenBy(g => g.Key.District, StringComparer.Ordinal)
                .Select(g => new DistrictRetentionItem(g.Key.City, g.Key.District, g.Min(e => e.ExpiryDay)!, Days(g))),
        ];
    }

    private static ImmutableArray<ExpiryItem> Days(IEnumerable<ExpiringReadings> expiring) =>
    [
        .. expiring.GroupBy(e => e.ExpiryDay, StringComparer.Ordinal).OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => new ExpiryItem(d.Key, d.Sum(e => e.Readings), d.Sum(e => e.RollUps))),
    ];
}
