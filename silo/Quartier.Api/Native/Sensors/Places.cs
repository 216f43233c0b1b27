using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>
/// Where sensors and assets are, as the caller may know it. A place that some grant tells its readers to be left out must not be had by asking
/// without that grant: it is shown to those alone who read a datastream of the sensor by a grant that leaves it in.
/// </summary>
internal sealed class Places(IPolicies policies, Decisions decisions)
{
    private static readonly ConditionalWeakTable<EffectivePolicy, string[][]> Patterns = [];
    private static readonly ConditionalWeakTable<PolicySnapshot, ConditionalWeakTable<CityIndex, Protected>> Sensors = [];

    /// <summary>Longitude and latitude of a sensor in degrees; null when unknown or left out.</summary>
    public async Task<double[]?> OfAsync(Caller caller, CityIndex city, SensorDefinition sensor) =>
        sensor.Location is null || await IsLeftOutAsync(caller, city, sensor).ConfigureAwait(false) ? null : Numbers.Position(sensor.Location);

    /// <summary>The same for an asset: its place is that of the sensors that are mounted on it or feed it.</summary>
    public async Task<double[]?> OfAsync(Caller caller, CityIndex city, AssetDefinition asset)
    {
        var bound = asset.Bindings.Select(b => city.Snapshot.Sensor(b.Gateway, b.Sensor)).OfType<SensorDefinition>();
        foreach (var sensor in city.MountedOn(asset.Id).Items.Concat(bound).Distinct())
        {
            if (await IsLeftOutAsync(caller, city, sensor).ConfigureAwait(false))
            {
                return null;
            }
        }

        return Numbers.Position(asset.Location);
    }

    /// <summary>Whether the caller may not know where the sensor is.</summary>
    public async Task<bool> IsLeftOutAsync(Caller caller, CityIndex city, SensorDefinition sensor)
    {
        if (policies.Find(city.Id) is not { } policy || !IsProtected(policy, sensor))
        {
            return false;
        }

        var isOpen = false;
        foreach (var datastream in sensor.Datastreams)
        {
            var decision = await decisions.AskAsync(caller, city, sensor, datastream.Property).ConfigureAwait(false);
            if (LeavesOut(decision))
            {
                return true;
            }

            isOpen |= decision.Permitted;
        }

        return !isOpen;
    }

    /// <summary>Whether whoever has these decisions about all datastreams of a protected sensor may not know where it is.</summary>
    public static bool IsLeftOut(IReadOnlyCollection<ReadDecision> decided) =>
        decided.Any(LeavesOut) || !decided.Any(d => d.Permitted);

    /// <summary>The sensors that some grant gives without their place. Worked out once for each version of policies and registry.</summary>
    public static ImmutableArray<SensorDefinition> ProtectedIn(PolicySnapshot policy, CityIndex city) =>
        Sensors.GetOrCreateValue(policy).GetValue(city, c => new([.. c.City.Sensors.Where(s => IsProtected(policy, s))])).Sensors;

    private static bool LeavesOut(ReadDecision decision) => decision.Obligations?.Redactions.HasFlag(Redactions.Location) == true;

    private static bool IsProtected(PolicySnapshot policy, SensorDefinition sensor) =>
        policy.Districts.GetValueOrDefault(sensor.District) is { } district && IsProtected(district, sensor);

    private static bool IsProtected(EffectivePolicy policy, SensorDefinition sensor)
    {
        foreach (var levels in Patterns.GetValue(policy, PatternsOf))
        {
            if (FileSystemName.MatchesSimpleExpression(levels[0], sensor.Gateway, ignoreCase: false)
                && FileSystemName.MatchesSimpleExpression(levels[1], sensor.Id, ignoreCase: false)
                && sensor.Datastreams.Any(d => FileSystemName.MatchesSimpleExpression(levels[2], d.Property, ignoreCase: false)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Patterns of the streams that a grant gives without their place; a pattern has three levels.</summary>
    private static string[][] PatternsOf(EffectivePolicy policy)
    {
        var streams = policy.Merged.Grants.Where(g => g.Redactions.HasFlag(Redactions.Location)).SelectMany(g => g.Streams).ToHashSet(StringComparer.Ordinal);
        return [.. policy.Merged.Streams.Where(s => streams.Contains(s.Id)).SelectMany(s => s.Match).Select(m => m.Split('/')).Where(l => l.Length == 3)];
    }

    private sealed record Protected(ImmutableArray<SensorDefinition> Sensors);
}
