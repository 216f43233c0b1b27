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

    private static IRetentionGrain Grain(IGrainFactory grains) => grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key);

    public async Task<RetentionAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await Grain(grains).GetStatus().ConfigureAwait(false);
        var plan = await store.PlanAsync((time.GetUtcNow() + Ahead).ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        return new(status.Run is { } run ? RetentionRunItem.Of(run) : null, new(status.NextMs), status.Failure, Districts(plan));
    }

    /// <summary>Runs the retention and waits until that is done or held up, however long it takes. It goes on when the caller goes away.</summary>
    public Task RunAsync(string by, CancellationToken cancellationToken) => Grain(grains).Run(by).WaitAsync(cancellationToken);

    /// <summary>Looks into every place and checks every certificate. It goes on when the caller goes away, and changes nothing.</summary>
    public Task<RetentionVerification> VerifyAsync(CancellationToken cancellationToken) => Grain(grains).Verify().WaitAsync(cancellationToken);

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
