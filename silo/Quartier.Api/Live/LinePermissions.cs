using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Alerts;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Live;

/// <summary>
/// What one line may carry. A decision is asked for when its datastream first changes, and holds until it ends or policies or registry change:
/// so a change costs a look-up, and no end is missed.
/// </summary>
internal sealed class LinePermissions(IGrainFactory grains, CityDirectory directory, LiveFeed feed, TimeProvider time, Caller caller, string city)
{
    /// <summary>Decisions remembered; beyond, all are forgotten and asked for again.</summary>
    public const int KnownMax = 20_000;

    /// <summary>Levels of an alert's name, <c>alert/DISTRICT/ID</c>; behind them stands what it is about.</summary>
    private const int AlertLevels = 3;

    private readonly Dictionary<string, (string District, ReadDecision Decision)> _known = new(StringComparer.Ordinal);
    private readonly LineBaseline _baseline = new(grains, city);
    private (long Policies, long Registry) _stamp = feed.StampOf(city);
    private ImmutableHashSet<string>? _chosen;

    /// <summary>When the first of the permissions ends, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long UntilMs { get; private set; } = caller.Principal.UntilMs;

    /// <summary>The datastreams for which the line was opened; null for all that may be read.</summary>
    public ImmutableHashSet<string>? Chosen => _chosen;

    /// <summary>Restricts the line to datastreams that have been permitted.</summary>
    public async Task ChooseAsync(IReadOnlyList<(LineStream Stream, ReadDecision Decision)> chosen, CancellationToken cancellationToken)
    {
        _chosen = [.. chosen.Select(c => c.Stream.Name)];
        chosen.ToList().ForEach(c => Learn(c.Stream, c.Decision));
        foreach (var sensor in chosen.GroupBy(c => c.Stream.Sensor, StringComparer.Ordinal))
        {
            if (directory.City(city).TryGet(out var index, out _) && SensorOf(index, sensor.Key) is { } definition)
            {
                var subject = $"sensor/{sensor.Key}";
                await _baseline.HasChangedAsync(subject, [(definition, Permitted(sensor.Select(s => s.Stream.Name)))], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Why the line must end; null while everything that it carried is still permitted.</summary>
    /// <param name="credentialEnded">Whether the caller's credential counts no longer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<LiveEnd?> CheckAsync(bool credentialEnded, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (credentialEnded || now >= caller.Principal.UntilMs)
        {
            return LiveEnd.CredentialEnded;
        }

        var stamp = feed.StampOf(city);
        if (stamp == _stamp && now < UntilMs)
        {
            return null;
        }

        _stamp = stamp;
        return await AskAgainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The subjects of which the caller may know that they changed.</summary>
    /// <param name="subjects">What changed.</param>
    /// <param name="tally">Gets what is delivered and what is denied.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<IReadOnlyCollection<string>> FilterAsync(
        IReadOnlyCollection<string> subjects, Domain.Readings.ReadTally tally, CancellationToken cancellationToken)
    {
        if (subjects.Count == 0 || !directory.City(city).TryGet(out var index, out _))
        {
            return [];
        }

        var streams = subjects.ToDictionary(s => s, s => StreamsOf(index, s), StringComparer.Ordinal);
        await LearnAsync(streams.Values.SelectMany(s => s).Distinct(), tally, cancellationToken).ConfigureAwait(false);
        var visible = new List<string>(subjects.Count);
        foreach (var (subject, parts) in streams)
        {
            if (IsOfAlert(subject) ? MayKnowOfAlert(index, parts) : await MayKnowAsync(index, subject, parts, cancellationToken).ConfigureAwait(false))
            {
                visible.Add(IsOfAlert(subject) ? AlertOf(subject) : subject);
                parts.Where(p => _known[p.Name].Decision.Permitted).ToList()
                    .ForEach(p => tally.Add(p.District, p.Name, Resolution.Raw, _known[p.Name].Decision, 1));
            }
        }

        return visible;
    }

    /// <summary>
    /// That something changed says something about what is not permitted: a subject with such parts is named only when a permitted part has a new
    /// reading.
    /// </summary>
    private async ValueTask<bool> MayKnowAsync(CityIndex index, string subject, List<LineStream> parts, CancellationToken cancellationToken)
    {
        var permitted = parts.Count(p => _known[p.Name].Decision.Permitted && _chosen?.Contains(p.Name) != false);
        if (permitted == 0 || permitted == parts.Count)
        {
            return permitted > 0;
        }

        var bySensor = parts.GroupBy(p => p.Sensor, StringComparer.Ordinal)
            .Select(g => (Sensor: SensorOf(index, g.Key)!, Properties: Permitted(g.Select(p => p.Name))))
            .ToList();
        return await _baseline.HasChangedAsync(subject, bySensor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Which of its subject's datastreams decided an alert, the line does not know: it is named to whoever may read them all, or gets to know of all alerts.
    /// </summary>
    private bool MayKnowOfAlert(CityIndex index, List<LineStream> parts) => _chosen is null
        && (AlertViewer.KnowsOfAll(caller, index) || (parts.Count > 0 && parts.TrueForAll(p => _known[p.Name].Decision.Permitted)));

    private async Task<LiveEnd?> AskAgainAsync(CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var index, out _))
        {
            return LiveEnd.CredentialEnded with { Reason = "not-registered", Text = new("Die Stadt ist nicht mehr registriert.", "The city is no longer registered.") };
        }

        // Where a sensor belongs may have changed with the registry; one that is gone carries nothing more.
        var carried = _known.Where(k => k.Value.Decision.Permitted)
            .Select(k => (Name: k.Key, Sensor: SensorOf(index, k.Key[..k.Key.LastIndexOf('/')])))
            .Where(k => k.Sensor is not null)
            .Select(k => new LineStream(k.Sensor!.District, CityIndex.KeyOf(k.Sensor), k.Name))
            .ToList();
        _known.Clear();
        UntilMs = caller.Principal.UntilMs;
        foreach (var (stream, decision) in await AskAsync(carried, cancellationToken).ConfigureAwait(false))
        {
            if (!decision.Permitted)
            {
                return LiveEnd.Of(stream.Name, decision);
            }

            Learn(stream, decision);
        }

        return null;
    }

    private async Task LearnAsync(IEnumerable<LineStream> streams, Domain.Readings.ReadTally tally, CancellationToken cancellationToken)
    {
        var wanted = streams.ToList();
        var unknown = wanted.Where(s => !_known.ContainsKey(s.Name)).ToList();
        if (_known.Count + unknown.Count > KnownMax)
        {
            _known.Clear();
            unknown = wanted;
        }

        foreach (var (stream, decision) in await AskAsync(unknown, cancellationToken).ConfigureAwait(false))
        {
            Learn(stream, decision);
            if (!decision.Permitted)
            {
                tally.Add(stream.District, stream.Name, Resolution.Raw, decision, 0);
            }
        }
    }

    private void Learn(LineStream stream, ReadDecision decision)
    {
        _known[stream.Name] = (stream.District, decision);
        UntilMs = Math.Min(UntilMs, decision.Obligations?.UntilMs ?? long.MaxValue);
    }

    private async Task<List<(LineStream Stream, ReadDecision Decision)>> AskAsync(List<LineStream> streams, CancellationToken cancellationToken)
    {
        var batches = streams.GroupBy(s => s.District, StringComparer.Ordinal).SelectMany(g => g.Chunk(Decisions.BatchMax)).ToList();
        var answers = await FanOut.AllAsync(
            batches,
            batch => Decisions.AskManyAsync(grains, caller, city, batch[0].District, batch.Select(s => s.Name), Resolution.Raw),
            cancellationToken).ConfigureAwait(false);
        return [.. batches.SelectMany(b => b).Zip(answers.SelectMany(a => a))];
    }

    private List<LineStream> StreamsOf(CityIndex index, string subject)
    {
        var parts = IsOfAlert(subject) ? subject.Split('/')[AlertLevels..] : subject.Split('/');
        if (parts is ["sensor", var gateway, var id] && index.Snapshot.Sensor(gateway, id) is { } sensor)
        {
            return [.. sensor.Datastreams.Select(d => new LineStream(sensor.District, CityIndex.KeyOf(sensor), Decisions.Name(sensor, d.Property)))];
        }

        if (_chosen is null && parts is ["asset", var name] && index.Snapshot.Asset(name) is { } asset)
        {
            return [.. AssetReader.StreamsOf(index, asset).Select(s => new LineStream(s.District, s.Stream[..s.Stream.LastIndexOf('/')], s.Stream)).Distinct()];
        }

        return [];
    }

    private HashSet<string> Permitted(IEnumerable<string> names) =>
        [.. names.Where(n => _known.TryGetValue(n, out var k) && k.Decision.Permitted && _chosen?.Contains(n) != false).Select(n => n[(n.LastIndexOf('/') + 1)..])];

    private static bool IsOfAlert(string subject) => subject.StartsWith("alert/", StringComparison.Ordinal);

    /// <summary>The alert without what it is about.</summary>
    private static string AlertOf(string subject) => string.Join('/', subject.Split('/').Take(AlertLevels));

    private static SensorDefinition? SensorOf(CityIndex index, string key)
    {
        var slash = key.IndexOf('/');
        return index.Snapshot.Sensor(key[..slash], key[(slash + 1)..]);
    }
}
