using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Domain.Readings;
using Quartier.Mqtt.Ingest;
using Quartier.Silo.SensorThings;

namespace Quartier.Silo.Ingest;

/// <summary>
/// What one subscriber may receive, and what of it the ledger gets to know: that it began, once a minute how many readings it got or was denied,
/// and its end. Decisions are asked of the sensor's district when its first message comes, and hold until they end or policies or registry change.
/// </summary>
internal sealed class SubscriberReading : IDisposable
{
    /// <summary>How often the ledger is told what was delivered.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Sensors remembered: as many as one gateway's session remembers. Beyond, all are asked for again.</summary>
    private const int MaxKnown = 20_000;

    private readonly GatewayIngest _ingest;
    private readonly ReadingPorts _ports;
    private readonly Principal _principal;
    private readonly string? _purpose;
    private readonly CancellationToken _credentialEnded;
    private readonly ConcurrentDictionary<(string Sensor, string? Purpose), SensorPermission> _known = new();
    private readonly ConcurrentDictionary<string, ReadTally> _tallies = new(StringComparer.Ordinal);
    private readonly ITimer _timer;

    /// <param name="ingest">Registry, grains and clock.</param>
    /// <param name="ports">Policies and ledger.</param>
    /// <param name="principal">As whom the client reads.</param>
    /// <param name="purpose">What CONNECT stated; null when it stated none.</param>
    /// <param name="credentialEnded">Cancelled when the client's credential ends.</param>
    public SubscriberReading(GatewayIngest ingest, ReadingPorts ports, Principal principal, string? purpose, CancellationToken credentialEnded)
    {
        (_ingest, _ports, _principal, _purpose, _credentialEnded) = (ingest, ports, principal, purpose, credentialEnded);
        _timer = ingest.Time.CreateTimer(static reading => ((SubscriberReading)reading!).Note("mqtt"), this, Period, Period);
    }

    private long NowMs => _ingest.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>See <see cref="IIngestSession.MayReceive"/>.</summary>
    public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose)
    {
        if (message.Note is OpenNotice open)
        {
            return ValueTask.FromResult(!_credentialEnded.IsCancellationRequested && NowMs < _principal.UntilMs && NowMs < open.UntilMs);
        }

        var parts = MessageParts.Of(message, _ingest.Registry, _ingest.Schemas, NowMs);
        if (parts.Streams.IsEmpty
            || _credentialEnded.IsCancellationRequested
            || NowMs >= _principal.UntilMs
            || (_principal.City is { } own && !string.Equals(own, parts.Topic.City, StringComparison.Ordinal)))
        {
            return ValueTask.FromResult(false);
        }

        var key = (parts.Topic.Key, purpose ?? _purpose);
        return parts.Others.IsEmpty && _known.TryGetValue(key, out var known) && IsCurrent(known, parts.Topic)
            ? ValueTask.FromResult(Judge([(parts, known)]))
            : new ValueTask<bool>(AskAllAsync([parts, .. parts.Others], purpose ?? _purpose));
    }

    /// <summary>The subscriber has gone: notes what is left, and the end.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Note("mqtt");
        foreach (var city in _tallies.Keys)
        {
            _ports.Ledger.TryNote(city, Entry("mqtt-ended"));
        }
    }

    private bool IsCurrent(SensorPermission known, SensorTopic topic) =>
        ReferenceEquals(known.Snapshot, topic.Snapshot)
        && known.Sequence == (_ports.Policies.Find(topic.City)?.Sequence ?? 0)
        && NowMs < known.UntilMs;

    private async Task<bool> AskAllAsync(ImmutableArray<MessageParts> all, string? purpose)
    {
        var asked = new (MessageParts Parts, SensorPermission Permission)[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            var key = (all[i].Topic.Key, purpose);
            var isKnown = _known.TryGetValue(key, out var known) && IsCurrent(known, all[i].Topic);
            asked[i] = (all[i], isKnown ? known! : await AskAsync(all[i].Topic, key).ConfigureAwait(false));
        }

        return Judge(asked);
    }

    private async Task<SensorPermission> AskAsync(SensorTopic topic, (string Sensor, string? Purpose) key)
    {
        var sensor = topic.Definition!;
        var sequence = _ports.Policies.Find(topic.City)?.Sequence ?? 0;
        var request = new ReadRequest(_principal, key.Purpose, string.Empty, string.Empty, Resolution.Raw, ReadScope.Sensor);
        ImmutableArray<string> streams = [.. sensor.Datastreams.Select(d => $"{topic.Gateway}/{topic.Sensor}/{d.Property}")];

        // Not on this thread, which is a publisher's and holds the subscriber's output.
        var grain = _ingest.Grains.GetGrain<IDistrictGrain>(GrainKeys.District(topic.City, sensor.District));
        var decisions = await Task.Run(() => grain.AuthorizeMany(request, streams)).ConfigureAwait(false);
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        var untilMs = decisions.Min(d => d.Obligations?.UntilMs ?? long.MaxValue);
        var permission = new SensorPermission(topic.Snapshot!, sequence, decisions, untilMs);
        _known[key] = permission;
        return permission;
    }

    /// <summary>The message is delivered whole or not at all: every datastream in it must be permitted, with as many rows as it has.</summary>
    private bool Judge(ReadOnlySpan<(MessageParts Parts, SensorPermission Permission)> all)
    {
        foreach (var (parts, permission) in all)
        {
            if (!IsPermitted(parts, permission))
            {
                return false;
            }
        }

        if (TallyOf(all[0].Parts.Topic.City) is not { } tally)
        {
            return false;
        }

        foreach (var (parts, permission) in all)
        {
            foreach (var (index, name, samples) in parts.Streams)
            {
                tally.Add(parts.Topic.Definition!.District, name, Resolution.Raw, permission.Decisions[index], samples);
            }
        }

        return true;
    }

    private bool IsPermitted(MessageParts parts, SensorPermission permission)
    {
        foreach (var (index, name, _) in parts.Streams)
        {
            var decision = permission.Decisions[index];
            if (ObjectionTo(parts, decision) is { } reason)
            {
                TallyOf(parts.Topic.City)?.Add(parts.Topic.Definition!.District, name, Resolution.Raw, decision with { Reason = reason }, 0);
                return false;
            }
        }

        return true;
    }

    private static DenialReason? ObjectionTo(MessageParts parts, ReadDecision decision) => decision switch
    {
        { Permitted: false } => decision.Reason,
        { Obligations: var obligations } when parts.Streams.Sum(s => s.Samples) > obligations!.RowLimit => DenialReason.RowLimit,
        { Obligations: var obligations } when parts.HoldsQuality && obligations!.Redactions.HasFlag(Redactions.Quality) => DenialReason.Redacted,
        _ => null,
    };

    /// <summary>Where a city's deliveries are counted; null when its ledger does not take that they begin.</summary>
    private ReadTally? TallyOf(string city) => _tallies.TryGetValue(city, out var tally)
        ? tally
        : _ports.Ledger.TryNote(city, Entry("mqtt-opened"))
            ? _tallies.GetOrAdd(city, static _ => new ReadTally())
            : null;

    /// <summary>A ledger that does not take what was delivered gets nothing more to miss: the city must be opened again.</summary>
    private void Note(string detail)
    {
        foreach (var (city, tally) in _tallies)
        {
            var taken = true;
            foreach (var entry in tally.Take(_principal.Reference, NowMs, LedgerEntryKind.Read, detail))
            {
                taken &= _ports.Ledger.TryNote(city, entry);
            }

            if (!taken)
            {
                _tallies.TryRemove(city, out _);
            }
        }
    }

    private LedgerEntry Entry(string detail) =>
        new(NowMs, LedgerEntryKind.Read, _principal.Reference, null, _purpose, ["*/*/*"], "raw", 0, 1, null, null, detail);
}
