using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Everything that one request, or one change set of a batch, is going to change: planned on one state of the registry, made in one transaction.
/// The first problem ends it.
/// </summary>
internal sealed class EntityPlan(WritePorts ports, RegistrySnapshot registry, CancellationToken cancellationToken)
{
    /// <summary>Entities read for one plan at most along one relation: a Thing with more streams is deleted in parts.</summary>
    private const int MostRelated = 10_000;

    /// <summary>Ids taken at once: what is left of them stays unused.</summary>
    private const int MostIdsAtOnce = 64;

    private readonly Dictionary<(EntityKind Kind, long Id), PlannedEntity> _known = [];
    private readonly Dictionary<(RegistryAdditionKind Kind, string Key), RegistryAddition> _additions = [];
    private readonly List<EntityChange> _changes = [];
    private readonly Dictionary<EntityKind, (long Next, long End, int Taken)> _ids = [];
    private int _named;

    public RegistrySnapshot Registry => registry;

    public WritePorts Ports => ports;

    public string City => registry.City.Id;

    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Why nothing is done; null while all is well.</summary>
    public ApiProblem? Problem { get; private set; }

    /// <summary>Observations that are taken once the entities are there.</summary>
    public List<PlannedObservation> Observations { get; } = [];

    /// <summary>Which of the Observations is the problem; null when something else is, or nothing.</summary>
    public int? RefusedObservation { get; private set; }

    /// <summary>Streams whose store's numbers are asked for once the plan is complete: a number that is handed out is gone.</summary>
    public List<PlannedStream> NewStreams { get; } = [];

    public ImmutableArray<RegistryAddition> Additions => [.. _additions.Values];

    public ImmutableArray<EntityChange> Changes => [.. _changes];

    public bool IsEmpty => _additions.Count == 0 && _changes.Count == 0 && Observations.Count == 0;

    public void Fail(ApiProblem problem) => Problem ??= problem;

    /// <summary>One of the Observations would be refused.</summary>
    public void Fail(PlannedObservation observation, ApiProblem problem)
    {
        RefusedObservation ??= Problem is null ? Observations.IndexOf(observation) : null;
        Fail(problem);
    }

    public void Add(EntityChange change) => _changes.Add(change);

    /// <summary>Replaces the numbers of a planned stream.</summary>
    public void Number(PlannedStream stream, ImmutableArray<int> numbers)
    {
        var at = _changes.FindIndex(c => c is EntityChange.Insert insert && insert.Kind == stream.Kind && insert.Id == stream.Id);
        _changes[at] = (EntityChange.Insert)_changes[at] with { Numbers = numbers };
    }

    /// <summary>An id that nobody else gets. Each time that is asked for more they are taken from the store in twice as many: it writes for each taking.</summary>
    public async ValueTask<long> TakeIdAsync(EntityKind kind)
    {
        var (next, end, taken) = _ids.GetValueOrDefault(kind);
        if (next == end)
        {
            var count = Math.Clamp(taken, 1, MostIdsAtOnce);
            next = await ports.Entities.TakeIdsAsync(kind, count, cancellationToken).ConfigureAwait(false);
            (end, taken) = (next + count, taken + count);
        }

        _ids[kind] = (next + 1, end, taken);
        return next;
    }

    /// <summary>An id for the registry that nobody ever had.</summary>
    public string NewName(string name, string otherwise) => RegisteredName.Id(name, otherwise, registry.Version + 1, _named++);

    public PlannedEntity Remember(PlannedEntity entity)
    {
        _known[(entity.Kind, entity.Id)] = entity;
        return entity;
    }

    /// <summary>The entity, or null; one of another city counts as none.</summary>
    public async ValueTask<PlannedEntity?> FindAsync(EntityKind kind, long id)
    {
        if (_known.TryGetValue((kind, id), out var known))
        {
            return known;
        }

        var found = await ports.Entities.GetAsync(kind, [id], cancellationToken).ConfigureAwait(false);
        return found is [var entity] && entity.Owner.City == City ? Remember(PlannedEntity.Of(entity)) : null;
    }

    /// <summary>The entity to which something links; null with a problem when there is none.</summary>
    public async ValueTask<PlannedEntity?> TargetAsync(EntityKind kind, long id)
    {
        var found = await FindAsync(kind, id).ConfigureAwait(false);
        if (found is null)
        {
            Fail(WriteProblems.Missing(kind, id));
        }

        return found;
    }

    /// <summary>All stored entities along a relation.</summary>
    public async ValueTask<List<PlannedEntity>> AlongAsync(PlannedEntity from, string relation)
    {
        var found = new List<PlannedEntity>();
        if (from.IsNew)
        {
            return found;
        }

        var navigation = EntityTypes.Of(from.Kind).Navigation(relation)!;
        var options = QueryOptions.None with { Top = QueryLimits.MostTop };
        for (var more = true; more;)
        {
            var query = new EntityQuery(ResourcePath.Along(from.Id, navigation), options, ports.NowMs, EntitySight.Entities, QueryLimits.Default);
            var outcome = await ports.Entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
            if (!outcome.Try(out var page, out var problem))
            {
                Fail(WriteProblems.Bad(problem.Text));
                return found;
            }

            found.AddRange(page.Entities.Select(e => _known.GetValueOrDefault((e.Kind, e.Id)) ?? Remember(PlannedEntity.Of(e))));
            options = options with { After = page.Next };
            more = page.Next is not null;
            if (found.Count > MostRelated)
            {
                Fail(WriteProblems.Conflict($"More than {MostRelated} {relation} would have to change at once. Change them in parts."));
                more = false;
            }
        }

        return found;
    }

    /// <summary>What stands beside the file under the key, as the plan leaves it; null when nothing does.</summary>
    public RegistryAddition? Addition(RegistryAdditionKind kind, string key)
    {
        if (_additions.TryGetValue((kind, key), out var planned))
        {
            return planned.Text is null ? null : planned;
        }

        return registry.Additions.FirstOrDefault(a => a.Kind == kind && a.Key == key);
    }

    public void Put(RegistryAddition addition) => _additions[(addition.Kind, addition.Key)] = addition;

    /// <summary>Takes an entry away.</summary>
    public void Remove(RegistryAddition addition)
    {
        if (registry.Additions.Any(a => a.Kind == addition.Kind && a.Key == addition.Key))
        {
            Put(addition with { Text = null });
        }
        else
        {
            _additions.Remove((addition.Kind, addition.Key));
        }
    }

    /// <summary>The entry of a Thing, Datastream or MultiDatastream that the API has registered; null for those of the file.</summary>
    public RegistryAddition? Entry(PlannedEntity entity) => (entity.Owner.RegistryKey?.Split('/')) switch
    {
        ["asset", var id] => Addition(RegistryAdditionKind.Asset, id),
        ["stream" or "sensor", var gateway, var sensor, ..] => Addition(RegistryAdditionKind.Sensor, $"{gateway}/{sensor}"),
        _ => null,
    };
}
