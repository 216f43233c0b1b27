using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Retention;

namespace Quartier.Grains.Retention;

/// <summary>Lets sensors, assets and alerts forget what has expired.</summary>
internal sealed class RetentionForgetting(RetentionPorts ports, IGrainFactory grains)
{
    /// <summary>How many grains are told at the same time.</summary>
    private const int ToldAtOnce = 256;

    private const long DayMs = 86_400_000;

    /// <summary>Tells all: sensors first, because assets and alerts take from them. Before which times what was published is gone.</summary>
    public async Task<ImmutableDictionary<string, long>> RunAsync(RetentionBook book, ImmutableArray<Certificate> plans, long nowMs)
    {
        var cutoffs = new Cutoffs();
        foreach (var terms in book.Terms)
        {
            cutoffs.Add(terms.Key.SensorKey, terms.Key.Property, ((nowMs / DayMs) - terms.Retention.RawDays) * DayMs);
        }

        foreach (var plan in plans.Where(p => p.District.Length == 0))
        {
            AddUnregistered(plan, cutoffs);
        }

        await TellAsync(cutoffs.Sensors.Select(sensor => (Func<Task>)(() => grains.GetGrain<ISensorGrain>(sensor.Key).Forget(cutoffs.Of(sensor.Key)))));
        foreach (var snapshot in ports.Registry.Cities.Select(ports.Registry.Find).OfType<RegistrySnapshot>())
        {
            await TellAsync(snapshot.City.Assets.Select(asset => (Func<Task>)(() =>
                grains.GetGrain<IAssetGrain>(GrainKeys.Asset(snapshot.City.Id, asset.Id)).Forget(Of(snapshot.City.Id, asset, cutoffs)))));
        }

        var published = await PublishedTables.ForgetAsync(ports, nowMs);
        await ports.Alerts.RewriteAsync(alert => Redact(ports.Registry.Find(alert.City), alert, cutoffs), CancellationToken.None);
        return published;
    }

    private static void AddUnregistered(Certificate plan, Cutoffs cutoffs)
    {
        foreach (var stream in plan.Streams.Where(s => s.Readings > 0))
        {
            var slash = stream.Stream.LastIndexOf('/');
            cutoffs.Add($"{plan.City}/{stream.Stream[..slash]}", stream.Stream[(slash + 1)..], stream.LastMs + 1);
        }
    }

    private static ImmutableArray<ForgetBefore> Of(string city, AssetDefinition asset, Cutoffs cutoffs) =>
        [.. asset.Bindings.SelectMany(b => cutoffs.Of($"{city}/{b.Gateway}/{b.Sensor}").Where(c => c.Stream.EndsWith($"/{b.Property}", StringComparison.Ordinal))).Distinct()];

    private static Alert? Redact(RegistrySnapshot? snapshot, Alert alert, Cutoffs cutoffs)
    {
        var subject = alert.Subject.Split('/');
        if (subject is ["sensor", var gateway, var sensor])
        {
            var known = cutoffs.Of(GrainKeys.Sensor(alert.City, gateway, sensor));
            return known.IsEmpty ? null : AlertForgetting.Redact(alert, property => BeforeMs(known, property));
        }

        if (subject is not ["asset", var id])
        {
            return null;
        }

        // Of which datastreams an asset was made that is no longer registered, nobody knows: its alerts forget at once.
        var strictest = snapshot?.Asset(id) is not { } asset ? long.MaxValue
            : Of(alert.City, asset, cutoffs) is { IsEmpty: false } bound ? bound.Max(c => c.BeforeMs)
            : long.MinValue;
        return AlertForgetting.Redact(alert, _ => strictest);
    }

    private static long BeforeMs(ImmutableArray<ForgetBefore> known, string property)
    {
        foreach (var cutoff in known)
        {
            if (cutoff.Stream.EndsWith($"/{property}", StringComparison.Ordinal))
            {
                return cutoff.BeforeMs;
            }
        }

        return known.Max(c => c.BeforeMs);
    }

    /// <summary>One that cannot forget stops the run: nothing is certified before it can.</summary>
    private static async Task TellAsync(IEnumerable<Func<Task>> calls)
    {
        foreach (var chunk in calls.Chunk(ToldAtOnce))
        {
            foreach (var told in Array.ConvertAll(chunk, call => call()))
            {
                await told;
            }
        }
    }

    private sealed class Cutoffs
    {
        private readonly Dictionary<string, List<ForgetBefore>> _sensors = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, List<ForgetBefore>> Sensors => _sensors;

        public void Add(string sensorKey, string property, long beforeMs)
        {
            if (!_sensors.TryGetValue(sensorKey, out var known))
            {
                _sensors[sensorKey] = known = [];
            }

            known.Add(new($"{sensorKey[(sensorKey.IndexOf('/', StringComparison.Ordinal) + 1)..]}/{property}", beforeMs));
        }

        public ImmutableArray<ForgetBefore> Of(string sensorKey) => [.. _sensors.GetValueOrDefault(sensorKey) ?? []];
    }
}
