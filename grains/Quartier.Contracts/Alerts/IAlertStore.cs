namespace Quartier.Contracts.Alerts;

/// <summary>The port behind which alerts rest. Keyed by city, district and id.</summary>
public interface IAlertStore
{
    /// <summary>The alert, or null.</summary>
    ValueTask<Alert?> FindAsync(string city, string district, string id, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces by id; durable on return.</summary>
    ValueTask PutAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>Lists a district's alerts, newest raised first, then by id.</summary>
    ValueTask<IReadOnlyList<Alert>> ListAsync(string city, string district, AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Number of the district's alerts in each state, indexed by <see cref="AlertState"/>.</summary>
    ValueTask<IReadOnlyList<long>> CountAsync(string city, string district, CancellationToken cancellationToken);
}
