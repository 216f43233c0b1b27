using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Projection;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Policies;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Finds where Observations go; for a stream that was asked for lately without asking the store.</summary>
internal sealed class StreamTargets(WritePorts ports, EntityDesk desk, EntityProjection projection)
{
    /// <summary>Streams remembered: about a kilobyte each; beyond, all are looked up anew.</summary>
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(EntityKind Kind, long Id), StreamTarget> _targets = new();
    private readonly ConditionalWeakTable<EffectivePolicy, ConcurrentDictionary<(long Version, string District), CompiledPolicy>> _policies = [];

    /// <summary>The target; a problem when there is no such stream or it is not registered.</summary>
    public ValueTask<Outcome<StreamTarget>> FindAsync(EntityKind kind, long id, CancellationToken cancellationToken) =>
        _targets.TryGetValue((kind, id), out var known) && known.IsCurrent(ports.Registry, ports.Policies, desk.Epoch)
            ? new(known)
            : LoadAsync(kind, id, cancellationToken);

    /// <summary>The target that a stream would be in a registry that is not yet in force; null when it would not be registered there.</summary>
    public StreamTarget? Preview(Entity stream, RegistrySnapshot registry) => SensorOf(stream, registry) is { } sensor
        ? Target(stream, registry, sensor, policy => CompiledPolicy.Compile(policy, registry, sensor.District), desk.Epoch)
        : null;

    // What is compiled for a registry that never comes into force must not be taken for that of its version.
    private StreamTarget Target(
        Entity stream, RegistrySnapshot registry, SensorDefinition sensor, Func<EffectivePolicy, CompiledPolicy> compile, long epoch)
    {
        var policies = ports.Policies.Find(stream.Owner.City);
        var policy = policies?.Districts.GetValueOrDefault(sensor.District) is { } effective ? compile(effective) : null;
        return new(stream, registry, policies, sensor, Components(stream, policy, sensor), epoch);
    }

    private async ValueTask<Outcome<StreamTarget>> LoadAsync(EntityKind kind, long id, CancellationToken cancellationToken)
    {
        var epoch = desk.Epoch;
        if (await GetAsync(kind, id, cancellationToken).ConfigureAwait(false) is not { } stream)
        {
            return WriteProblems.NotFound(kind, id);
        }

        if (ports.Registry.Find(stream.Owner.City) is not { } registry || SensorOf(stream, registry) is not { } sensor)
        {
            return WriteProblems.Conflict($"{EntityTypes.Of(kind).SetName}({id}) is not registered any more, so nothing is taken for it.");
        }

        var target = Target(stream, registry, sensor, policy => Compiled(policy, registry, sensor.District), epoch);
        if (_targets.Count >= MostRemembered)
        {
            _targets.Clear();
        }

        _targets[(kind, id)] = target;
        return target;
    }

    /// <summary>What the registry has named is there for whoever writes, also when nobody has read since.</summary>
    private async ValueTask<Entity?> GetAsync(EntityKind kind, long id, CancellationToken cancellationToken)
    {
        if (await ports.Entities.GetAsync(kind, [id], cancellationToken).ConfigureAwait(false) is [var known])
        {
            return known;
        }

        await projection.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await ports.Entities.GetAsync(kind, [id], cancellationToken).ConfigureAwait(false) is [var named] ? named : null;
    }

    private static SensorDefinition? SensorOf(Entity stream, RegistrySnapshot registry) =>
        stream.Owner.RegistryKey?.Split('/') is [_, var gateway, var sensor, ..] ? registry.Sensor(gateway, sensor) : null;

    private static ImmutableArray<StreamComponent> Components(Entity stream, CompiledPolicy? policy, SensorDefinition sensor)
    {
        var property = stream.Owner.RegistryKey!.Split('/') is [_, _, _, var named] ? named : null;
        var types = Types(stream);
        var components = ImmutableArray.CreateBuilder<StreamComponent>();
        for (var i = 0; i < sensor.Datastreams.Length; i++)
        {
            var registered = sensor.Datastreams[i];
            if ((property is null || registered.Property == property) && components.Count < stream.Numbers.Length)
            {
                var terms = StreamTerms.Apply(registered, policy?.Stream($"{sensor.Gateway}/{sensor.Id}", registered.Property));
                components.Add(new(i, terms, types[components.Count], stream.Numbers[components.Count]));
            }
        }

        return components.ToImmutable();
    }

    private CompiledPolicy Compiled(EffectivePolicy policy, RegistrySnapshot registry, string district)
    {
        var versions = _policies.GetOrCreateValue(policy);
        if (versions.Keys.Any(k => k.Version != registry.Version))
        {
            versions.Clear();
        }

        return versions.GetOrAdd((registry.Version, district), static (key, of) => CompiledPolicy.Compile(of.policy, of.registry, key.District), (policy, registry));
    }

    private static ImmutableArray<string> Types(Entity stream)
    {
        var type = EntityTypes.Of(stream.Kind);
        if (stream.Kind == EntityKind.Datastream)
        {
            return [stream[type.Property("observationType")!].Text ?? string.Empty];
        }

        using var types = JsonDocument.Parse(stream[type.Property("multiObservationDataTypes")!].Text!);
        return [.. types.RootElement.EnumerateArray().Select(t => t.GetString()!)];
    }
}
