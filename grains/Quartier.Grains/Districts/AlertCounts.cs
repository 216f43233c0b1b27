using System.Collections.Immutable;
using Quartier.Contracts.Alerts;

namespace Quartier.Grains.Districts;

/// <summary>How many alerts of a district rest on what, in each state.</summary>
internal sealed class AlertCounts
{
    private readonly Dictionary<string, AlertGround> _grounds = new(StringComparer.Ordinal);
    private ImmutableArray<AlertGround> _listed;

    public AlertCounts(IEnumerable<AlertGround> grounds)
    {
        foreach (var ground in grounds)
        {
            _grounds[ground.Key] = ground;
            (Raised, Acknowledged) = (Raised + ground.Raised, Acknowledged + ground.Acknowledged);
        }
    }

    public long Raised { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>All of them, in no order; made anew only when an alert has changed since.</summary>
    public ImmutableArray<AlertGround> Listed => _listed.IsDefault ? _listed = [.. _grounds.Values] : _listed;

    /// <summary>An alert was stored; what was stored of it before, or null.</summary>
    public void Put(Alert? before, Alert after)
    {
        if (before is not null)
        {
            Add(before, -1);
        }

        Add(after, 1);
        _listed = default;
    }

    private void Add(Alert alert, long more)
    {
        var key = AlertGround.KeyOf(alert);
        _grounds[key] = (_grounds.GetValueOrDefault(key) ?? new(key, 0, 0, 0)).With(alert.State, more);
        Raised += alert.State == AlertState.Raised ? more : 0;
        Acknowledged += alert.State == AlertState.Acknowledged ? more : 0;
    }
}
