using Quartier.Contracts.Alerts;

namespace Grains.Tests.Fakes;

/// <summary>Alerts in memory; counts how often something was written, so that a test sees repeated effects.</summary>
internal sealed class MemoryAlertStore : IAlertStore
{
    private readonly Dictionary<(string District, string Id), Alert> _alerts = [];

    public int Writes { get; private set; }

    /// <summary>How often the disk was written to.</summary>
    public int Transactions { get; private set; }

    /// <summary>So many of the next writes fail.</summary>
    public int FailNext { get; set; }

    /// <summary>Writes wait for it; null when the disk is quick.</summary>
    public TaskCompletionSource? Slow { get; set; }

    public IReadOnlyList<Alert> All => [.. _alerts.Values.OrderBy(a => a.StartMs).ThenBy(a => a.Id, StringComparer.Ordinal)];

    public ValueTask<Alert?> FindAsync(string city, string district, string id, CancellationToken cancellationToken) => new(_alerts.GetValueOrDefault((district, id)));

    public async ValueTask PutAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        await (Slow?.Task ?? Task.CompletedTask);
        if (FailNext > 0)
        {
            FailNext--;
            throw new IOException("the disk says no");
        }

        Transactions++;
        Writes += alerts.Count;
        foreach (var alert in alerts)
        {
            _alerts[(alert.District, alert.Id)] = alert;
        }
    }

    public ValueTask<IReadOnlyList<Alert>> ListAsync(string city, string district, AlertQuery query, CancellationToken cancellationToken) =>
        new([.. _alerts.Values.Where(a => a.District == district && (query.State is null || a.State == query.State)).Take(query.Limit)]);

    public ValueTask<int> RewriteAsync(Func<Alert, Alert?> rewrite, CancellationToken cancellationToken)
    {
        var changed = _alerts.Values.Select(rewrite).OfType<Alert>().ToList();
        changed.ForEach(a => _alerts[(a.District, a.Id)] = a);
        return new(changed.Count);
    }

    public ValueTask<IReadOnlyList<AlertGround>> GroundsAsync(string city, string district, CancellationToken cancellationToken) =>
        new([.. _alerts.Values.Where(a => a.District == district).GroupBy(AlertGround.KeyOf, (key, alerts) =>
            alerts.Aggregate(new AlertGround(key, 0, 0, 0), (ground, alert) => ground.With(alert.State, 1)))]);
}
