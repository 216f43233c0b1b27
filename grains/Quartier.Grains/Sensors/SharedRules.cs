using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;

namespace Quartier.Grains.Sensors;

/// <summary>
/// Compiled rules, once for all sensors that take datastreams and rules from the same model: with 100,000 sensors the difference is most of
/// the memory. Two definitions share when they hold the very same arrays.
/// </summary>
public sealed class SharedRules
{
    /// <summary>Models remembered; a registry that is applied again brings new arrays, so the old ones must go some time.</summary>
    private const int MaxModels = 10_000;

    private readonly ConcurrentDictionary<(ImmutableArray<DatastreamDefinition>, ImmutableArray<RuleDefinition>), RuleSet> _sets = new();

    /// <summary>The sensor's rules.</summary>
    internal RuleSet Of(SensorDefinition sensor)
    {
        if (_sets.Count > MaxModels)
        {
            _sets.Clear();
        }

        return _sets.GetOrAdd((sensor.Datastreams, sensor.Rules), static (_, one) => RuleSet.ForSensor(one), sensor);
    }
}
