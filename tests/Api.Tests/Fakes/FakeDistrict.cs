using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Policies;

namespace Api.Tests.Fakes;

/// <summary>Lists alerts and decides as the contract says; counts what it was asked.</summary>
internal sealed class FakeDistrict(string id, Func<RegistrySnapshot> snapshot, IPolicies policies, TimeProvider time) : IDistrictGrain
{
    private int _asked;
    private int _calls;

    public DistrictState State { get; set; } = new(0, 0, 0, [], 0, 0, [], 3650);

    public ImmutableSortedDictionary<string, SensorBooks> Books { get; set; } = ImmutableSortedDictionary<string, SensorBooks>.Empty;

    public List<Alert> Alerts { get; } = [];

    /// <summary>How often alerts were read.</summary>
    public int Listed { get; private set; }

    /// <summary>Calls in which decisions were asked for.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Decisions that were asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Task Report(SensorReport report) => throw new NotSupportedException();

    public Task RecordAlerts(ImmutableArray<Alert> reported) => throw new NotSupportedException();

    public Task<Alert?> Acknowledge(string id, string by)
    {
        var at = Alerts.FindIndex(a => a.Id == id);
        if (at < 0)
        {
            return Task.FromResult<Alert?>(null);
        }

        Alerts[at] = Alerts[at] with { State = AlertState.Acknowledged, AcknowledgedBy = by };
        return Task.FromResult<Alert?>(Alerts[at]);
    }

    public Task<ImmutableArray<Alert>> ListAlerts(AlertQuery query)
    {
        Listed++;
        Assert.InRange(query.Limit, 1, 1000);
        var found = Alerts
            .Where(a => query.State is null || a.State == query.State)
            .Where(a => query.Subject is null || a.Subject == query.Subject)
            .Where(a => query.Grounds.IsDefault || query.Grounds.Contains(AlertGround.KeyOf(a)))
            .Where(a => query.BeforeMs is not { } before || a.RaisedMs < before
                || (a.RaisedMs == before && query.BeforeId is { } id && string.CompareOrdinal(a.Id, id) > 0))
            .OrderByDescending(a => a.RaisedMs)
            .ThenBy(a => a.Id, StringComparer.Ordinal)
            .Take(query.Limit);
        return Task.FromResult(found.ToImmutableArray());
    }

    public Task<ImmutableArray<AlertGround>> GetAlertGrounds() => Task.FromResult<ImmutableArray<AlertGround>>(
        [.. Alerts.GroupBy(AlertGround.KeyOf, (key, alerts) => alerts.Aggregate(new AlertGround(key, 0, 0, 0), (ground, alert) => ground.With(alert.State, 1)))]);

    public Task<DistrictState> GetState() => Task.FromResult(State);

    public Task<long> TakeNow(int count) => GetNow();

    public Task<long> GetNow() => Task.FromResult(State.NowMs);

    public Task<ImmutableSortedDictionary<string, SensorBooks>> GetBooks() => Task.FromResult(Books);

    public Task<ReadDecision> Authorize(ReadRequest request) => Task.FromResult(Decide(request));

    public Task<ImmutableArray<ReadDecision>> AuthorizeMany(ReadRequest request, ImmutableArray<string> streams)
    {
        Assert.InRange(streams.Length, 0, ReadLimits.MaxStreams);
        Interlocked.Increment(ref _calls);
        return Task.FromResult(ImmutableArray.CreateRange(streams, s => Decide(Of(request, s))));
    }

    public Task<ImmutableArray<AlikeDecision>> AuthorizeProperty(ReadRequest request)
    {
        Interlocked.Increment(ref _calls);
        var names = snapshot().City.Sensors.Where(s => s.District == id && s.Datastreams.Any(d => d.Property == request.Property))
            .Select(s => $"{s.Gateway}/{s.Id}/{request.Property}")
            .DefaultIfEmpty($"*/{request.Property}");
        return Task.FromResult<ImmutableArray<AlikeDecision>>(
            [.. names.Order(StringComparer.Ordinal).Select(n => new AlikeDecision(Decide(Of(request, n)), n, [n], 1))]);
    }

    public Task<ReadExplanation> Why(ReadRequest request)
    {
        var steps = Compiled()?.Explain(request, Now()).Select(s => new DecisionStep(s.Step, s.Subject, s.Reason, s.Text));
        return Task.FromResult(new ReadExplanation(Decide(request), [.. steps ?? []]));
    }

    public Task Refresh() => throw new NotSupportedException();

    private static ReadRequest Of(ReadRequest request, string stream) =>
        request with { Sensor = stream[..stream.LastIndexOf('/')], Property = stream[(stream.LastIndexOf('/') + 1)..] };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private CompiledPolicy? Compiled() =>
        policies.Find(SampleCity.Id)?.Districts.GetValueOrDefault(id) is { } policy ? CompiledPolicy.Compile(policy, snapshot(), id) : null;

    /// <summary>By the policy in force; where a test sets none, operators may read all and the public what is registered as public.</summary>
    private ReadDecision Decide(ReadRequest request)
    {
        Interlocked.Increment(ref _asked);
        if (Compiled() is { } compiled)
        {
            return compiled.Decide(request, Now());
        }

        var parts = request.Sensor.Split('/');
        var datastream = parts.Length == 2
            ? snapshot().Sensor(parts[0], parts[1])?.Datastreams.FirstOrDefault(d => d.Property == request.Property)
            : null;
        return request.Principal.Has(Role.Operator) || datastream?.Class == DataClass.Public
            ? new ReadDecision(
                DenialReason.None, new("freigegeben", "granted"), "city 1, district 0", request.Purpose, "g", new(Resolution.Raw, ReadScope.Sensor, 1, 100_000, Redactions.None, long.MaxValue, ""))
            : new ReadDecision(DenialReason.NoGrant, new($"{request.Property} ist nicht öffentlich", $"{request.Property} is not public"), "city 1, district 0", null, null, null);
    }
}
