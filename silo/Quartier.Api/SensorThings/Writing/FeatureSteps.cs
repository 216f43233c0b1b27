using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A stream's changes of its feature while many are being added, in order of time.</summary>
internal sealed class FeatureSteps(IEnumerable<ObservedFeature> known)
{
    private readonly List<ObservedFeature> _steps = [.. known];

    /// <summary>Whether all changes come after the time.</summary>
    public bool IsFirst(long timeMs) => _steps.Count == 0 || _steps[0].FromMs > timeMs;

    /// <summary>Whether a change stands at the time.</summary>
    public bool Has(long timeMs) => LowerBound(timeMs) is var at && at < _steps.Count && _steps[at].FromMs == timeMs;

    /// <summary>The feature of an Observation at the time; null while there is none.</summary>
    public long? At(long timeMs) => _steps.Count == 0 ? null : _steps[Math.Max(LowerBound(timeMs + 1) - 1, 0)].Feature;

    /// <summary>Adds a change, or replaces that of its time.</summary>
    public void Set(long fromMs, long feature)
    {
        var at = LowerBound(fromMs);
        if (Has(fromMs))
        {
            _steps[at] = new ObservedFeature(fromMs, feature);
        }
        else
        {
            _steps.Insert(at, new ObservedFeature(fromMs, feature));
        }
    }

    private int LowerBound(long timeMs)
    {
        var (low, high) = (0, _steps.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _steps[middle].FromMs < timeMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
