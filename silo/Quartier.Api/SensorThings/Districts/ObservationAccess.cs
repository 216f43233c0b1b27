using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Registered;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>
/// The districts' decisions on the observations that one request looks at, whether it shows them, filters or orders by them. Each is asked for once,
/// and none outlives the request.
/// </summary>
internal sealed class ObservationAccess(CityDesks desks, IGrainFactory grains, CityTime clock, RequestLanguage language) : IObservationAccess
{
    private static readonly BilingualText NotRegistered = new("Der Datenstrom ist nicht registriert.", "The datastream is not registered.");

    private readonly ConcurrentDictionary<(EntityKind Kind, long Id), DecidedSource> _decided = new();

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
    {
        var decided = await AskAsync(sources, cancellationToken).ConfigureAwait(false);
        foreach (var source in decided)
        {
            source.RecordOnce();
        }

        return [.. decided.Select(d => d.Sight)];
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
    {
        var decided = await AskAsync(sources, cancellationToken).ConfigureAwait(false);
        foreach (var source in decided.Where(d => d.Sight.Withheld is null))
        {
            source.RecordOnce();
        }

        return [.. decided.Select(d => d.Sight)];
    }

    /// <summary>What was decided on a source of an answer.</summary>
    public DecidedSource Of(ObservationSource source) => _decided[(source.Kind, source.Id)];

    private async Task<DecidedSource[]> AskAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
    {
        var unknown = sources.Where(s => !_decided.ContainsKey((s.Kind, s.Id))).DistinctBy(s => (s.Kind, s.Id)).Select(Registered).ToList();
        if (unknown.Count > 0)
        {
            var districts = unknown.Where(u => u.Desk is not null).GroupBy(u => (u.Desk!.City.Id, u.Source.Owner.District ?? string.Empty)).ToList();
            await FanOut.AllAsync(districts, d => DecideDistrictAsync(d.Key.Item2, [.. d], cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var stranger in unknown.Where(u => u.Desk is null))
            {
                Add(new(ObservationSight.None(stranger.Source, language.Of(NotRegistered)), null, []));
            }
        }

        return [.. sources.Select(Of)];
    }

    /// <summary>The registered datastreams of which a source is made; the desk is null when it is not registered.</summary>
    public RegisteredSource Registered(ObservationSource source)
    {
        if (source.Owner is not { RegistryKey: { } key, District: not null } owner || desks.Of(owner.City) is not { } desk)
        {
            return new(source, null, null, []);
        }

        if (RegistryKeys.ReadStream(key) is { } stream)
        {
            var sensor = desk.City.Snapshot.Sensor(stream.Gateway, stream.Sensor);
            var datastream = sensor?.Datastreams.FirstOrDefault(d => d.Property == stream.Property);
            return datastream is null ? new(source, null, null, []) : new(source, desk, sensor, [datastream]);
        }

        // A MultiDatastream is a sensor as a whole.
        var whole = key.Split('/') is ["sensor", var gateway, var id] ? desk.City.Snapshot.Sensor(gateway, id) : null;
        return whole is null || whole.Datastreams.Length != source.Numbers.Length ? new(source, null, null, []) : new(source, desk, whole, whole.Datastreams);
    }

    private async Task<bool> DecideDistrictAsync(string district, RegisteredSource[] sources, CancellationToken cancellationToken)
    {
        var desk = sources[0].Desk!;
        var names = sources.SelectMany(s => s.Names).Distinct(StringComparer.Ordinal).ToArray();
        var decisions = new Dictionary<string, ReadDecision>(names.Length, StringComparer.Ordinal);
        foreach (var batch in names.Chunk(Decisions.BatchMax))
        {
            // The coarsest is permitted by whatever permits anything finer, and the grant with the finest floor decides: the answer names that floor.
            var answers = await Decisions.AskManyAsync(grains, desk.Caller, desk.City.Id, district, batch, Resolution.Month)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < batch.Length; i++)
            {
                decisions[batch[i]] = answers[i];
            }
        }

        var now = await clock.NowAsync(desk.City, [district], cancellationToken).ConfigureAwait(false);
        foreach (var source in sources)
        {
            var streams = source.Names.Select(n => (n, decisions[n])).ToList();
            Add(new(Sight(source, streams.ConvertAll(s => s.Item2), now[district]), desk, streams));
        }

        return true;
    }

    private void Add(DecidedSource decided) => _decided.TryAdd((decided.Sight.Source.Kind, decided.Sight.Source.Id), decided);

    /// <summary>Of what is made of several, the strictest holds.</summary>
    private ObservationSight Sight(RegisteredSource source, List<ReadDecision> decisions, long nowMs)
    {
        if (decisions.Find(d => !d.Permitted) is { } denial)
        {
            return ObservationSight.None(source.Source, language.Of(denial.Explanation));
        }

        var obligations = decisions.ConvertAll(d => d.Obligations!);
        var floor = obligations.Max(o => o.Floor);
        return new(
            source.Source,
            null,
            floor,
            source.Desk!.City.City.TimeZone,
            source.Datastreams[0].SumInDistrict,
            long.MinValue,
            floor == Resolution.Raw ? long.MaxValue : nowMs,
            obligations.Exists(o => o.Redactions.HasFlag(Redactions.Quality)),
            obligations.Min(o => o.RowLimit));
    }
}
