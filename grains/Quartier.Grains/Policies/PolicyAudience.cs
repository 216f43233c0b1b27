using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Policies;

namespace Quartier.Grains.Policies;

/// <summary>Publishes what is in force, and tells those whom it concerns. Who could not be told is told with the next call.</summary>
internal sealed class PolicyAudience(IGrainFactory grains, PolicyPorts ports, string city)
{
    /// <summary>How many grains are told at the same time.</summary>
    private const int ToldAtOnce = 256;

    /// <summary>Keys of sensors that still hold other terms than those in force; as many as are registered at most.</summary>
    private readonly HashSet<string> _untold = new(StringComparer.Ordinal);

    /// <summary>Publishes what the book has in force at the time, when it differs from what is published, and tells districts and sensors.</summary>
    /// <returns>True when everyone knows it.</returns>
    public async Task<bool> PublishAsync(PolicyBook book, long nowMs)
    {
        if (ports.Registry.Find(city) is not { } registry)
        {
            return true;
        }

        foreach (var unreadable in book.Unreadable(nowMs))
        {
            Log.PolicyUnreadable(ports.Logger, unreadable.Version, unreadable.District ?? city);
        }

        var before = ports.Policies.Find(city);
        var next = book.Snapshot(registry.City.Districts.Select(d => d.Id), registry.Version, nowMs, before);
        if (!next.HasSameDistricts(before))
        {
            await PublishAsync(registry, before, next);
        }

        await TellAsync([.. _untold]);
        return _untold.Count == 0;
    }

    private async Task PublishAsync(RegistrySnapshot registry, PolicySnapshot? before, PolicySnapshot next)
    {
        var changed = registry.City.Districts.Select(d => d.Id)
            .Where(id => !ReferenceEquals(before?.Districts.GetValueOrDefault(id), next.Districts.GetValueOrDefault(id)))
            .ToDictionary(id => id, id => ports.Compiled.Of(city, id), StringComparer.Ordinal);
        ports.Policies.Publish(next);
        foreach (var sensor in registry.City.Sensors)
        {
            if (changed.TryGetValue(sensor.District, out var old) && Differ(sensor, old, ports.Compiled.Of(city, sensor.District)))
            {
                _untold.Add(GrainKeys.Sensor(city, sensor.Gateway, sensor.Id));
            }
        }

        foreach (var district in changed.Keys)
        {
            await TryAsync(() => grains.GetGrain<IDistrictGrain>(GrainKeys.District(city, district)).Refresh());
        }
    }

    private static bool Differ(SensorDefinition sensor, CompiledPolicy? before, CompiledPolicy? after)
    {
        var name = $"{sensor.Gateway}/{sensor.Id}";
        return sensor.Datastreams.Any(d =>
            StreamTerms.Apply(d, before?.Stream(name, d.Property)) != StreamTerms.Apply(d, after?.Stream(name, d.Property)));
    }

    private async Task TellAsync(string[] sensors)
    {
        foreach (var chunk in sensors.Chunk(ToldAtOnce))
        {
            foreach (var (key, told) in Array.ConvertAll(chunk, key => (key, TryAsync(() => grains.GetGrain<ISensorGrain>(key).Refresh()))))
            {
                if (await told)
                {
                    _untold.Remove(key);
                }
            }
        }
    }

    /// <summary>The policy is in force by now: one grain that cannot be told must not keep the others from being told.</summary>
    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception error)
        {
            Log.PolicyNotTold(ports.Logger, error, city);
            return false;
        }
    }
}
