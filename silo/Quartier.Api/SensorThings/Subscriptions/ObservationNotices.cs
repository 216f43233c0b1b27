using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Formats;
using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Registered;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Tells of readings that were stored, as Observations of the topics that lead to their Datastreams. Who may have a notice is decided when it is sent.</summary>
internal sealed class ObservationNotices(IEntityStore entities, IReadingStore readings, SubscribedTopics topics, TimeProvider time)
{
    /// <summary>Datastreams remembered: some hundred bytes each; beyond, all are looked up anew.</summary>
    private const int MostStreams = 100_000;

    /// <summary>Streams whose latest features are remembered: one or two kilobytes each; beyond, they are looked up anew.</summary>
    private const int MostTimelines = 10_000;

    private static readonly Navigation s_feature = EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!;

    private readonly Dictionary<int, Entity> _streams = [];
    private readonly Dictionary<string, long?> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FeatureTimeline> _features = [];

    /// <summary>Entities have changed: what was remembered of them is read again.</summary>
    public void Forget()
    {
        _streams.Clear();
        _targets.Clear();
        _features.Clear();
    }

    public async Task TellAsync(int number, long timeMs, EntityLinks links, Action<EntityNotice> publish, CancellationToken cancellationToken)
    {
        if (await StreamAsync(number, cancellationToken).ConfigureAwait(false) is not { } stream
            || await RowAsync(stream, timeMs, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return;
        }

        var sight = ObservationSight.All(new ObservationSource(stream.Kind, stream.Id, stream.Numbers, stream.Owner));
        var shown = new Shown(row, sight, TruthStreams.Of([stream]).Count > 0);
        foreach (var topic in topics.OfObservations)
        {
            if ((topic.Path.Last.Key is not { } key || key == row.Id)
                && Source(stream, topic) is { } source
                && await LeadsToAsync(topic, stream, row, cancellationToken).ConfigureAwait(false))
            {
                publish(new(topic.Name, NoticeText.Of(topic, shown, links), source));
            }
        }
    }

    /// <summary>What policies know the stream by; null when it is not registered, and nobody may read it.</summary>
    private static NoticeSource? Source(Entity stream, SubscribedTopic topic) => stream.Owner.RegistryKey?.Split('/') switch
    {
        ["sensor", var gateway, var sensor] => new(stream.Owner.City, gateway, sensor, [], topic.HoldsQuality),
        _ when RegistryKeys.ReadStream(stream.Owner.RegistryKey) is var (gateway, sensor, property) =>
            new(stream.Owner.City, gateway, sensor, [property], topic.HoldsQuality),
        _ => null,
    };

    private async ValueTask<Entity?> StreamAsync(int number, CancellationToken cancellationToken)
    {
        if (_streams.TryGetValue(number, out var known))
        {
            return known;
        }

        if (_streams.Count >= MostStreams)
        {
            _streams.Clear();
        }

        if (await entities.FindByNumberAsync(number, cancellationToken).ConfigureAwait(false) is { } found)
        {
            _streams[number] = found;
            return found;
        }

        return null;
    }

    /// <summary>The Observation as it is stored now: of two values for one time the greater holds. Null when it has no id, or its first component is not there yet.</summary>
    private async ValueTask<ObservationRow?> RowAsync(Entity stream, long timeMs, CancellationToken cancellationToken)
    {
        var parts = new Contracts.Readings.Reading?[stream.Numbers.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var found = await readings.RangeAsync(stream.Numbers[i], timeMs, timeMs + 1, 1, cancellationToken).ConfigureAwait(false);
            parts[i] = found.Count > 0 ? found[0] : null;
        }

        if (parts[0] is not { } first || ObservationId.Of(stream.Numbers[0], timeMs) is not { } id)
        {
            return null;
        }

        var annotations = await readings.AnnotationsAsync(stream.Numbers[0], timeMs, timeMs + 1, cancellationToken).ConfigureAwait(false);
        var annotation = annotations is [var one] && one.Value == first.Value ? one : null;
        return new(
            id, 0, timeMs, annotation?.Content.PhenomenonEndMs ?? timeMs, first.Value, annotation?.IsContradicted == true ? first.Quality | Quality.Contradicted : first.Quality,
            [.. parts.Skip(1).Select(p => p?.Value)])
        {
            Annotation = annotation?.Content,
        };
    }

    private async ValueTask<bool> LeadsToAsync(SubscribedTopic topic, Entity stream, ObservationRow row, CancellationToken cancellationToken)
    {
        var path = topic.Path;
        if (path.Last.Via is not { } via)
        {
            return true;
        }

        if (via.Source == EntityKind.FeatureOfInterest)
        {
            return path.Steps[^2].Key == await FeatureAsync(stream, row, cancellationToken).ConfigureAwait(false);
        }

        if (via.Source != stream.Kind)
        {
            return false;
        }

        if (path.Steps is [{ Key: { } named }, _])
        {
            return named == stream.Id;
        }

        if (!_targets.TryGetValue(topic.Text, out var target))
        {
            _targets[topic.Text] = target = await TargetAsync(path, cancellationToken).ConfigureAwait(false);
        }

        return target == stream.Id;
    }

    /// <summary>The feature of which the Observation tells now; null for none. The latest of a stream are remembered until one of them changes.</summary>
    private async ValueTask<long?> FeatureAsync(Entity stream, ObservationRow row, CancellationToken cancellationToken)
    {
        if (!_features.TryGetValue(stream.Numbers[0], out var timeline))
        {
            if (_features.Count >= MostTimelines)
            {
                _features.Clear();
            }

            var latest = await entities.ObservedAsync(stream.Kind, stream.Id, long.MaxValue, FeatureTimeline.Most, cancellationToken).ConfigureAwait(false);
            _features[stream.Numbers[0]] = timeline = FeatureTimeline.Of(0, latest);
        }

        return timeline.Knows(row.StartMs) ? timeline.At(row.StartMs) : await FirstAsync(ResourcePath.Along(row.Id, s_feature), cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<long?> TargetAsync(ResourcePath path, CancellationToken cancellationToken) =>
        FirstAsync(new ResourcePath(path.Steps[..^1], null, [], PathEnd.Entities), cancellationToken);

    private async ValueTask<long?> FirstAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        var query = new EntityQuery(path, QueryOptions.None, time.GetUtcNow().ToUnixTimeMilliseconds(), EntitySight.Entities, QueryLimits.Default);
        var outcome = await entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities is [var found] ? found.Id : null;
    }
}
