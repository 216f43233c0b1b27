using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Readings of a random city, what one caller may see of them, and the Observations that follow, worked out by hand.</summary>
internal sealed class ObservedCity(Random random, ModelCity city) : IObservationAccess
{
    private const long HourMs = 3_600_000;
    private static readonly long s_firstMs = DateTimeOffset.Parse("2026-01-01T18:00:00Z", null).ToUnixTimeMilliseconds();

    private readonly Dictionary<(EntityKind Kind, long Id), Func<ObservationSource, ObservationSight>> _sights = [];
    private readonly HashSet<long> _hidden = [];
    private readonly Dictionary<(int Number, long TimeMs), (long EndMs, long ResultMs)> _told = [];

    /// <summary>How often somebody was asked about Datastreams of which nothing may be seen.</summary>
    public EntitySight Sight => new([.. _hidden], [], this);

    public ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
        new([.. sources.Select(s => _sights[(s.Kind, s.Id)](s))]);

    public ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
        DecideAsync(sources, cancellationToken);

    /// <summary>Writes readings, and the model's Observations beside them.</summary>
    public async Task WriteAsync(EmbeddedStore store)
    {
        var changes = new List<EntityChange>();
        foreach (var location in city.All[EntityKind.Location].Where(_ => random.Next(5) == 0))
        {
            _hidden.Add(location.Id);
            location.Values["location"] = null;
        }

        foreach (var stream in city.All[EntityKind.Datastream].Concat(city.All[EntityKind.MultiDatastream]))
        {
            var components = stream.Numbers.ConvertAll(n => Append(store, n));
            foreach (var (number, readings) in stream.Numbers.Zip(components))
            {
                await CorrectAsync(store, number, readings);
            }

            var features = Features(stream, changes);
            foreach (var (startMs, endMs, values) in Seen(stream, components))
            {
                Observe(stream, (startMs, endMs), values, features);
            }

            stream.Values["phenomenonTime"] = Span(stream["Observations"], "phenomenonTime");
            stream.Values["resultTime"] = Span(stream["Observations"], "resultTime");
            stream.Values["observedArea"] = stream["Thing"].Single()["Locations"].MinBy(l => l.Id)?.Values["location"];
        }

        Assert.Null((await store.Entities.ChangeAsync([.. changes], ModelCity.NowMs, CancellationToken.None)).Refusal);
    }

    private static Moment? Span(List<ModelEntity> observations, string property)
    {
        var seen = observations.ConvertAll(o => (Moment)o.Values[property]!);
        return seen.Count == 0 ? null : new Moment(seen.Min(m => m.StartMs), seen.Max(m => m.EndMs));
    }

    // Some have a span as phenomenonTime, some a resultTime of their own.
    private Annotation? Annotate(int number, long timeMs)
    {
        long? endMs = random.Next(2) == 0 ? timeMs + (random.Next(1, 40) * HourMs / 4) : null;
        long? resultMs = random.Next(2) == 0 ? timeMs + (random.Next(-40, 80) * HourMs / 4) : null;
        if (endMs is null && resultMs is null)
        {
            return null;
        }

        _told[(number, timeMs)] = (endMs ?? timeMs, resultMs ?? endMs ?? timeMs);
        return Annotation.None with { ResultTimeMs = resultMs, PhenomenonEndMs = endMs };
    }

    private SortedDictionary<long, double> Append(EmbeddedStore store, int number)
    {
        Assert.Equal(number, store.Readings.Register(new DatastreamKey("muenster/g/s", $"p{number}"), TimeSpan.FromDays(3_000)));
        var readings = new SortedDictionary<long, double>();
        for (var count = random.Next(4) == 0 ? 0 : random.Next(1, 9); count > 0; count--)
        {
            readings[s_firstMs + (random.Next(0, 100) * HourMs / 4)] = random.Next(-3, 13);
        }

        var isAnnotated = random.Next(2) == 0;
        foreach (var reading in readings.Select(r => new Reading(r.Key, r.Value, Quality.Good)))
        {
            if (isAnnotated && Annotate(number, reading.TimeMs) is { } annotation)
            {
                _ = store.Readings.Annotate(number, reading, annotation, out _);
            }
            else
            {
                _ = store.Readings.Append(number, [reading], new AppendOutcome[1]);
            }
        }

        return readings;
    }

    // Some of what was received holds no longer: whoever asks gets what does.
    private async Task CorrectAsync(EmbeddedStore store, int number, SortedDictionary<long, double> readings)
    {
        foreach (var timeMs in readings.Keys.Where(_ => random.Next(5) == 0).ToList())
        {
            _told.Remove((number, timeMs));
            var correction = random.Next(2) == 0
                ? Correction.Withdrawn
                : new Correction(false, random.Next(-3, 13), Quality.Good, Annotate(number, timeMs) ?? Annotation.None);
            Assert.NotNull(await store.Readings.CorrectAsync(number, timeMs, correction, CancellationToken.None));
            if (correction.IsWithdrawn)
            {
                readings.Remove(timeMs);
            }
            else
            {
                readings[timeMs] = correction.Value;
            }
        }
    }

    // At most two features, one after the other.
    private List<(long FromMs, ModelEntity Feature)> Features(ModelEntity stream, List<EntityChange> changes)
    {
        var all = city.All[EntityKind.FeatureOfInterest];
        var features = new List<(long FromMs, ModelEntity Feature)>();
        for (var i = random.Next(0, 3); i > 0; i--)
        {
            features.Add((s_firstMs + ((3 - i) * 6 * HourMs), all[random.Next(all.Count)]));
        }

        changes.AddRange(features.Select(f => new EntityChange.Observe(stream.Kind, stream.Id, f.FromMs, f.Feature.Id)));
        return features;
    }

    private IEnumerable<(long StartMs, long EndMs, double?[] Values)> Seen(ModelEntity stream, List<SortedDictionary<long, double>> components)
    {
        var toMs = s_firstMs + (random.Next(10, 30) * HourMs);
        switch (random.Next(4))
        {
            case 0:
                _sights[(stream.Kind, stream.Id)] = s => ObservationSight.None(s, "not yours");
                return [];
            case 1:
                _sights[(stream.Kind, stream.Id)] = s => ObservationSight.All(s) with { Window = Resolution.Hour, TimeZone = "Europe/Berlin", ToMs = toMs };
                return components[0].Keys.Select(t => t / HourMs * HourMs).Distinct().Where(t => t + HourMs <= toMs).Select(t => (t, t + HourMs, components.Select(c => Mean(c, t)).ToArray()));
            default:
                _sights[(stream.Kind, stream.Id)] = s => ObservationSight.All(s) with { FromMs = s_firstMs, ToMs = toMs };
                return components[0].Keys.Where(t => t < toMs).Select(t => (t, _told.TryGetValue((stream.Numbers[0], t), out var told) ? told.EndMs : t, components.Select(c => c.TryGetValue(t, out var v) ? v : (double?)null).ToArray()));
        }
    }

    private static double? Mean(SortedDictionary<long, double> readings, long startMs)
    {
        var inside = readings.Where(r => r.Key >= startMs && r.Key < startMs + HourMs).Select(r => r.Value).ToList();
        return inside.Count == 0 ? null : inside.Sum() / inside.Count;
    }

    private void Observe(ModelEntity stream, (long StartMs, long EndMs) time, double?[] values, List<(long FromMs, ModelEntity Feature)> features)
    {
        var seen = new ModelEntity(EntityKind.Observation, ObservationId.Of(stream.Numbers[0], time.StartMs)!.Value);
        seen.Values["phenomenonTime"] = new Moment(time.StartMs, time.EndMs);
        var isRaw = _sights[(stream.Kind, stream.Id)](new(stream.Kind, stream.Id, [1], new("muenster", null, null))).Window == Resolution.Raw;
        var resultMs = isRaw && _told.TryGetValue((stream.Numbers[0], time.StartMs), out var told) ? told.ResultMs : time.EndMs;
        seen.Values["resultTime"] = new Moment(resultMs, resultMs);
        seen.Values["result"] = values.Length == 1 ? values[0] : JsonSerializer.SerializeToElement(values);
        city.All[EntityKind.Observation].Add(seen);
        ModelCity.Join(seen, stream.Kind.ToString(), stream);
        if (features.Count > 0)
        {
            ModelCity.Join(seen, "FeatureOfInterest", features.Where(f => f.FromMs <= time.StartMs).Append(features[0]).MaxBy(f => f.FromMs).Feature);
        }
    }
}
