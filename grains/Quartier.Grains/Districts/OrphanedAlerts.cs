using System.Runtime.CompilerServices;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Quartier.Grains.Districts;

/// <summary>
/// Open alerts that nobody is left to end: their sensor or asset is no longer registered in the district, or no longer has the rule in the version
/// that raised them. Whoever raised them ends them itself when it is told; this finds what it could not end, because the process died meanwhile.
/// </summary>
internal static class OrphanedAlerts
{
    /// <summary>Alerts read at once; what one page of the store holds at most.</summary>
    private const int PageSize = 1_000;

    private static readonly AlertState[] s_open = [AlertState.Raised, AlertState.Acknowledged];

    /// <summary>Finds them, page by page; they may be resolved meanwhile. None while the city's registry is not known.</summary>
    public static async IAsyncEnumerable<Alert> FindAsync(
        IAlertStore alerts, RegistrySnapshot? snapshot, string district, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var state in snapshot is null ? [] : s_open)
        {
            IReadOnlyList<Alert> page = [];
            do
            {
                var last = page.LastOrDefault();
                page = await alerts.ListAsync(snapshot!.City.Id, district, new(state, last?.RaisedMs, last?.Id, null, PageSize), cancellationToken);
                foreach (var alert in page.Where(a => !IsOwned(snapshot, district, a)))
                {
                    yield return alert;
                }
            }
            while (page.Count == PageSize);
        }
    }

    private static bool IsOwned(RegistrySnapshot snapshot, string district, Alert alert)
    {
        var (home, rules) = GrainKeys.Split(alert.Subject) switch
        {
            ["sensor", var gateway, var id] when snapshot.Sensor(gateway, id) is { } sensor => (sensor.District, sensor.Rules),
            ["asset", var id] when snapshot.Asset(id) is { } asset => (asset.District, snapshot.AssetType(asset.Type)?.Rules ?? []),
            _ => (string.Empty, []),
        };
        return string.Equals(home, district, StringComparison.Ordinal)
            && rules.Any(r => string.Equals(r.Id, alert.Explanation.RuleId, StringComparison.Ordinal) && r.Version == alert.Explanation.RuleVersion);
    }
}
