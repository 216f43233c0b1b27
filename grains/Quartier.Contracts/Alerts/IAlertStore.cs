namespace Quartier.Contracts.Alerts;

/// <summary>The port behind which alerts rest. Keyed by city, district and id.</summary>
public interface IAlertStore
{
    /// <summary>The alert, or null.</summary>
    ValueTask<Alert?> FindAsync(string city, string district, string id, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces by id, one after another; all durable on return, or none.</summary>
    ValueTask PutAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken);

    /// <summary>Lists a district's alerts, newest raised first, then by id.</summary>
    ValueTask<IReadOnlyList<Alert>> ListAsync(string city, string district, AlertQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces alerts by what the function makes of them; null leaves one as it is. All alerts are looked at, those of districts that are no longer
    /// registered too. Durable on return.
    /// </summary>
    /// <returns>Alerts replaced.</returns>
    ValueTask<int> RewriteAsync(Func<Alert, Alert?> rewrite, CancellationToken cancellationToken);

    /// <summary>What the district's alerts rest on, with their number in each state.</summary>
    ValueTask<IReadOnlyList<AlertGround>> GroundsAsync(string city, string district, CancellationToken cancellationToken);
}
