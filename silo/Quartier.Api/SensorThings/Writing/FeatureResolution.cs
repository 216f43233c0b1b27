using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Sees to it that every Observation tells of a FeatureOfInterest: the one that it names, or the one that is made from its Thing's Location
/// (OGC 18-088, 10.2.1.1). Costs nothing while a stream tells of the same.
/// </summary>
internal sealed class FeatureResolution : IDisposable
{
    /// <summary>Features that are made from a Location are kept under its id and version: a Location that moves makes another feature.</summary>
    public const string KeyPrefix = "location/";

    /// <summary>Observations whose features are one change: everybody else's changes wait for it, some tens of milliseconds.</summary>
    private const int MostAtOnce = 1_000;

    /// <summary>Changes of a stream's feature that are looked at for them where they are late: two for each, and as many between them.</summary>
    private const int MostSteps = 4 * MostAtOnce;

    private static readonly Navigation s_thing = EntityTypes.Of(EntityKind.Datastream).Navigation("Thing")!;
    private static readonly Navigation s_multiThing = EntityTypes.Of(EntityKind.MultiDatastream).Navigation("Thing")!;
    private static readonly Navigation s_locations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;
    private static readonly Navigation s_feature = EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!;

    private readonly WritePorts _ports;
    private readonly EntityDesk _desk;
    private readonly IDisposable _watch;
    private long _changes;

    public FeatureResolution(WritePorts ports, EntityDesk desk)
    {
        (_ports, _desk) = (ports, desk);
        _watch = ports.Entities.Watch(OnChanged);
    }

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    /// <summary>
    /// Lets each Observation of a stream that has no problem yet tell of its feature, or says why it cannot. Those that follow each other and name features that exist
    /// are one change of entities.
    /// </summary>
    public async ValueTask EnsureAsync(StreamTarget target, IReadOnlyList<PostedObservation> observations, long nowMs, CancellationToken cancellationToken)
    {
        for (var next = 0; next < observations.Count;)
        {
            var observation = observations[next];
            var timeMs = observation.Draft.TimeMs ?? nowMs;
            if (observation.Problem is not null || IsSettled(target, timeMs, observation.Draft))
            {
                next++;
                continue;
            }

            var run = NamingRun(observations, next, nowMs);
            next += Math.Max(run.Count, 1);
            if (run.Count < 2)
            {
                observation.Problem = await EnsureAsync(target, timeMs, observation.Draft, cancellationToken).ConfigureAwait(false);
            }
            else if (!await EnsureNamedAsync(target, run, cancellationToken).ConfigureAwait(false))
            {
                foreach (var one in run)
                {
                    one.Observation.Problem = await EnsureAsync(target, one.TimeMs, one.Observation.Draft, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>What stands against an Observation that names no feature where none can be made.</summary>
    /// <param name="thing">Words for the Thing.</param>
    public static ApiProblem NoPlace(string thing) => WriteProblems.Bad(
        $"{thing} has no Location from which a FeatureOfInterest could be made. Give the Thing a Location, or the Observation a FeatureOfInterest.");

    private static List<NamingObservation> NamingRun(IReadOnlyList<PostedObservation> observations, int first, long nowMs)
    {
        var run = new List<NamingObservation>();
        for (var i = first; i < observations.Count && run.Count < MostAtOnce; i++)
        {
            if (observations[i].Problem is not null || observations[i].Draft.Feature is not { } named)
            {
                break;
            }

            run.Add(new(observations[i], observations[i].Draft.TimeMs ?? nowMs, named));
        }

        return run;
    }

    private bool IsSettled(StreamTarget target, long timeMs, ObservationDraft draft) => draft.Feature is { } named
        ? target.Features is { } seen && IsCurrent(seen) && seen.Knows(timeMs) && seen.At(timeMs) == named
        : draft.NewFeature is null && timeMs >= target.SettledFromMs;

    /// <summary>One change for all of them. False when that cannot be, and each has to be looked at alone.</summary>
    private async ValueTask<bool> EnsureNamedAsync(StreamTarget target, List<NamingObservation> run, CancellationToken cancellationToken)
    {
        var settled = await _desk.InTurnAsync(() => SettleNamedAsync(target, run, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (settled.TryGet(out var isWhole, out var problem))
        {
            return isWhole;
        }

        run.ForEach(o => o.Observation.Problem = problem);
        return true;
    }

    // Each tells of its feature alone, so that their order does not matter, but for those of one time: the last holds.
    private async Task<Outcome<bool>> SettleNamedAsync(StreamTarget target, List<NamingObservation> run, CancellationToken cancellationToken)
    {
        var ordered = run.OrderBy(o => o.TimeMs).ToList();
        if (await StepsAsync(target, ordered[0].TimeMs, ordered[^1].TimeMs, cancellationToken).ConfigureAwait(false) is not { } steps)
        {
            return false;
        }

        var known = await _ports.Entities.GetAsync(EntityKind.FeatureOfInterest, [.. run.Select(o => o.Feature).Distinct()], cancellationToken).ConfigureAwait(false);
        var ids = known.Where(k => k.Owner.City == target.City).Select(k => k.Id).ToHashSet();
        var changes = new List<EntityChange.Observe>();
        foreach (var (observation, timeMs, feature) in ordered)
        {
            if (!ids.Contains(feature))
            {
                observation.Problem = WriteProblems.Missing(EntityKind.FeatureOfInterest, feature);
                continue;
            }

            if (steps.At(timeMs) != feature)
            {
                var observed = Observed(target, timeMs, feature, steps.At(timeMs), steps.IsFirst(timeMs), steps.Has(timeMs + 1)).ToList();
                observed.ForEach(o => steps.Set(o.FromMs, o.Feature));
                changes.AddRange(observed);
            }
        }

        if (changes.Count > 0 && (await _ports.Entities.ChangeAsync([.. changes], _ports.NowMs, cancellationToken).ConfigureAwait(false)).Refusal is not null)
        {
            target.Features = null;
            return false;
        }

        // Only what is on the disk may let others tell of it without a change.
        target.Features = target.Features!.With(changes);
        return true;
    }

    // What stands around the times; null when that is more than is looked at.
    private async ValueTask<FeatureSteps?> StepsAsync(StreamTarget target, long firstMs, long lastMs, CancellationToken cancellationToken)
    {
        var timeline = await TimelineAsync(target, firstMs, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(timeline, target.Features))
        {
            return new FeatureSteps(timeline.Latest);
        }

        var found = await _ports.Entities.ObservedAsync(target.Stream.Kind, target.Stream.Id, lastMs + 2, MostSteps, cancellationToken).ConfigureAwait(false);
        return found.Length < MostSteps || found[0].FromMs <= firstMs ? new FeatureSteps(found) : null;
    }

    /// <summary>Null when the Observation at that time tells of its feature.</summary>
    private async ValueTask<ApiProblem?> EnsureAsync(StreamTarget target, long timeMs, ObservationDraft draft, CancellationToken cancellationToken)
    {
        var settled = await _desk.InTurnAsync(() => SettleAsync(target, timeMs, draft, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!settled.TryGet(out var feature, out var problem))
        {
            return problem;
        }

        if (draft.Feature is null && draft.NewFeature is null && target.Features?.EndsWith(feature.Id, timeMs) == true)
        {
            target.SettledFromMs = Math.Min(target.SettledFromMs, timeMs);
        }

        return null;
    }

    // Whatever another way than this one changes of streams and features makes all that is remembered of them void.
    private void OnChanged(ImmutableArray<EntityConsequence> consequences)
    {
        if (consequences.Any(c => c.What is not (ConsequenceKind.Inserted or ConsequenceKind.FeatureOther) && c.Kind is EntityKind.Datastream or EntityKind.MultiDatastream or EntityKind.FeatureOfInterest))
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private bool IsCurrent(FeatureTimeline timeline) => timeline.Change == Volatile.Read(ref _changes);

    // What is remembered, or, of a time before it, what stands around that time.
    private async ValueTask<FeatureTimeline> TimelineAsync(StreamTarget target, long timeMs, CancellationToken cancellationToken)
    {
        var (kind, id) = (target.Stream.Kind, target.Stream.Id);
        if (target.Features is not { } known || !IsCurrent(known))
        {
            var change = Volatile.Read(ref _changes);
            var latest = await _ports.Entities.ObservedAsync(kind, id, long.MaxValue, FeatureTimeline.Most, cancellationToken).ConfigureAwait(false);
            target.Features = known = FeatureTimeline.Of(change, latest);
        }

        return known.Knows(timeMs)
            ? known
            : FeatureTimeline.Of(
                known.Change, await _ports.Entities.ObservedAsync(kind, id, timeMs + 2, FeatureTimeline.Most, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Outcome<SettledFeature>> SettleAsync(StreamTarget target, long timeMs, ObservationDraft draft, CancellationToken cancellationToken)
    {
        var timeline = await TimelineAsync(target, timeMs, cancellationToken).ConfigureAwait(false);
        var current = timeline.At(timeMs) ?? await CurrentAsync(target, timeMs, cancellationToken).ConfigureAwait(false);
        if (draft.Feature is null && draft.NewFeature is null && current is { } same && !target.IsOwn)
        {
            return new SettledFeature(same);
        }

        var changes = ImmutableArray.CreateBuilder<EntityChange>();
        if (!(await WantedAsync(target, draft, timeline, changes, cancellationToken).ConfigureAwait(false)).TryGet(out var wanted, out var problem))
        {
            return problem;
        }

        if (current == wanted.Id)
        {
            return wanted;
        }

        var isNamed = draft.Feature is not null || draft.NewFeature is not null;
        var isAlone = isNamed || IsLate(target, timeline, timeMs);
        changes.AddRange(Observed(target, timeMs, wanted.Id, isAlone ? current : null, timeline.Latest.All(l => l.FromMs > timeMs), timeline.Has(timeMs + 1)));
        var outcome = await _ports.Entities.ChangeAsync(changes.ToImmutable(), _ports.NowMs, cancellationToken).ConfigureAwait(false);
        if (outcome.Refusal is { } refusal)
        {
            target.Features = null;
            return WriteProblems.Refused(new(refusal.Reason, refusal.Text));
        }

        target.Features = target.Features!.With(changes.OfType<EntityChange.Observe>());
        return wanted;
    }

    // What came later tells of what it told of.
    private bool IsLate(StreamTarget target, FeatureTimeline timeline, long timeMs) =>
        !ReferenceEquals(timeline, target.Features) || timeline.Latest.Any(l => l.FromMs > timeMs)
        || (_ports.Readings.LastReceived(target.Components[0].Number) is { } latest && latest.TimeMs > timeMs);

    /// <summary>The changes by which an Observation tells of a feature; with a feature of others that one alone, and those around it of what they told of.</summary>
    private static IEnumerable<EntityChange.Observe> Observed(StreamTarget target, long timeMs, long wanted, long? others, bool isFirst, bool hasNext)
    {
        var (kind, id) = (target.Stream.Kind, target.Stream.Id);
        if (others is { } before && isFirst)
        {
            // The first change holds for all earlier times, and this one would become the first.
            yield return new EntityChange.Observe(kind, id, long.MinValue, before);
        }

        yield return new EntityChange.Observe(kind, id, timeMs, wanted);
        if (others is { } after && !hasNext)
        {
            yield return new EntityChange.Observe(kind, id, timeMs + 1, after);
        }
    }

    private async ValueTask<Outcome<SettledFeature>> WantedAsync(
        StreamTarget target, ObservationDraft draft, FeatureTimeline timeline, ImmutableArray<EntityChange>.Builder changes, CancellationToken cancellationToken)
    {
        if (draft.Feature is { } named)
        {
            return timeline.Names(named)
                || (await _ports.Entities.GetAsync(EntityKind.FeatureOfInterest, [named], cancellationToken).ConfigureAwait(false) is [var known]
                    && known.Owner.City == target.City)
                    ? new SettledFeature(named)
                    : WriteProblems.Missing(EntityKind.FeatureOfInterest, named);
        }

        return draft.NewFeature is { } made
            ? await InsertAsync(target, made.Values, null, changes, cancellationToken).ConfigureAwait(false)
            : await OfLocationAsync(target, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Outcome<SettledFeature>> OfLocationAsync(
        StreamTarget target, ImmutableArray<EntityChange>.Builder changes, CancellationToken cancellationToken)
    {
        var (kind, id) = (target.Stream.Kind, target.Stream.Id);
        var path = new ResourcePath(
            [new(kind, null, id), new(EntityKind.Thing, kind == EntityKind.Datastream ? s_thing : s_multiThing, null), new(EntityKind.Location, s_locations, null)],
            null,
            [],
            PathEnd.Entities);
        if (await FirstAsync(path, cancellationToken).ConfigureAwait(false) is not { } location)
        {
            return NoPlace($"The Thing of {EntityTypes.Of(kind).SetName}({id})");
        }

        var key = $"{KeyPrefix}{location.Id}/{location.Version}";
        var known = await _ports.Entities.FindRegisteredAsync(EntityKind.FeatureOfInterest, target.City, key, cancellationToken).ConfigureAwait(false);
        if (known is not null)
        {
            return new SettledFeature(known.Id);
        }

        var (from, to) = (EntityTypes.Of(EntityKind.Location), EntityTypes.Of(EntityKind.FeatureOfInterest));
        ImmutableArray<PropertySetting> values =
        [
            .. new[] { "name", "description", "encodingType" }.Select(n => new PropertySetting(to.Property(n)!, location[from.Property(n)!])),
            new(to.Property("feature")!, location[from.Property("location")!]),
        ];
        return await InsertAsync(target, values, key, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Outcome<SettledFeature>> InsertAsync(
        StreamTarget target,
        ImmutableArray<PropertySetting> values,
        string? key,
        ImmutableArray<EntityChange>.Builder changes,
        CancellationToken cancellationToken)
    {
        var id = await _ports.Entities.TakeIdsAsync(EntityKind.FeatureOfInterest, 1, cancellationToken).ConfigureAwait(false);
        var owner = new EntityOwner(target.City, target.Sensor.District, key);
        changes.Add(new EntityChange.Insert(EntityKind.FeatureOfInterest, id, owner, values, [], []));
        return new SettledFeature(id);
    }

    private async ValueTask<long?> CurrentAsync(StreamTarget target, long timeMs, CancellationToken cancellationToken)
    {
        if (ObservationId.Of(target.Components[0].Number, timeMs) is not { } id)
        {
            return null;
        }

        var path = new ResourcePath([new(EntityKind.Observation, null, id), new(EntityKind.FeatureOfInterest, s_feature, null)], null, [], PathEnd.Entities);
        return (await FirstAsync(path, cancellationToken).ConfigureAwait(false))?.Id;
    }

    private async ValueTask<Entity?> FirstAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        var query = new EntityQuery(path, QueryOptions.None with { Top = 1 }, _ports.NowMs, EntitySight.Entities, QueryLimits.Default);
        var outcome = await _ports.Entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities.FirstOrDefault();
    }
}
