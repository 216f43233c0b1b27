using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registry;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Where Observations of a Datastream or MultiDatastream go, remembered while nothing of it changes.</summary>
internal sealed class StreamTarget(
    Entity stream, RegistrySnapshot registry, PolicySnapshot? policies, SensorDefinition sensor, ImmutableArray<StreamComponent> components, long epoch)
{
    private long _settledFromMs = long.MaxValue;
    private FeatureTimeline? _features;

    public Entity Stream => stream;

    public SensorDefinition Sensor => sensor;

    public string City => registry.City.Id;

    public long RegistryVersion => registry.Version;

    public string SensorKey { get; } = GrainKeys.Sensor(registry.City.Id, sensor.Gateway, sensor.Id);

    public ImmutableArray<StreamComponent> Components => components;

    /// <summary>Whether the API has registered the sensor, and not the city's file.</summary>
    public bool IsOwn => sensor.Gateway == RegistryDoors.Gateway;

    /// <summary>Whether a gateway's recording is being replayed into it.</summary>
    public bool IsReplayed => !IsOwn && registry.City.Clock == CityClock.Replay;

    /// <summary>From which time on Observations tell of the feature that they would be given.</summary>
    public long SettledFromMs
    {
        get => Volatile.Read(ref _settledFromMs);
        set => Volatile.Write(ref _settledFromMs, value);
    }

    /// <summary>Of which features its Observations tell, as last seen; null until it is asked for.</summary>
    public FeatureTimeline? Features
    {
        get => Volatile.Read(ref _features);
        set => Volatile.Write(ref _features, value);
    }

    public bool IsCurrent(IRegistry known, IPolicies inForce, long currentEpoch) =>
        epoch == currentEpoch && ReferenceEquals(known.Find(City), registry) && ReferenceEquals(inForce.Find(City), policies);
}
