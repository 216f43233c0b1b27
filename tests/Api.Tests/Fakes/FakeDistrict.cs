using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Api.Tests.Fakes;

/// <summary>Lists alerts and decides as the contract says; counts what it was asked.</summary>
internal sealed class FakeDistrict(Func<RegistrySnapshot> snapshot) : IDistrictGrain
{
    private int _asked;

    public DistrictState State { get; set; } = new(0, 0, 0, [], 0, 0, [], 3650);

    public ImmutableSortedDictionary<string, SensorBooks> Books { get; set; } = ImmutableSortedDictionary<string, SensorBooks>.Empty;

    public List<Alert> Alerts { get; } = [];

    public int Asked => Volatile.Read(ref _asked);

    public Task Report(SensorReport report) => throw new NotSupportedException();

    public Task RecordAlert(Alert alert) => throw new NotSupportedException();

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
        Assert.InRange(query.Limit, 1, 1000);
        var found = Alerts
            .Where(a => query.State is null || a.State == query.State)
            .Where(a => query.Subject is null || a.Subject == query.Subject)
            .Where(a => query.BeforeMs is not { } before || a.RaisedMs < before
                || (a.RaisedMs == before && query.BeforeId is { } id && string.CompareOrdinal(a.Id, id) > 0))
            .OrderByDescending(a => a.RaisedMs)
            .ThenBy(a => a.Id, StringComparer.Ordinal)
            .Take(query.Limit);
        return Task.FromResult(found.ToImmutableArray());
    }

    public Task<DistrictState> GetState() => Task.FromResult(State);

    public Task<ImmutableSortedDictionary<string, SensorBooks>> GetBooks() => Task.FromResult(Books);

    public Task<ReadDecision> Authorize(ReadRequest request)
    {
        Interlocked.Increment(ref _asked);
        var parts = request.Sensor.Split('/');
        var datastream = parts.Length == 2
            ? snapshot().Sensor(parts[0], parts[1])?.Datastreams.FirstOrDefault(d => d.Property == request.Property)
            : null;
        var permitted = request.Principal.Has(Role.Operator) || datastream?.Class == DataClass.Public;
        return Task.FromResult(permitted
            ? new ReadDecision(
                DenialReason.None, new("freigegeben", "granted"), "city 1, district 0", request.Purpose, "g", new(Resolution.Raw, ReadScope.Sensor, 1, 100_000, Redactions.None, long.MaxValue, ""))
            : new ReadDecision(DenialReason.NoGrant, new($"{request.Property} ist nicht öffentlich", $"{request.Property} is not public"), "city 1, district 0", null, null, null));
    }

    public async Task<ImmutableArray<ReadDecision>> AuthorizeMany(ReadRequest request, ImmutableArray<string> streams)
    {
        var decisions = ImmutableArray.CreateBuilder<ReadDecision>();
        foreach (var stream in streams)
        {
            var cut = stream.LastIndexOf('/');
            decisions.Add(await Authorize(request with { Sensor = stream[..cut], Property = stream[(cut + 1)..] }));
        }

        return decisions.ToImmutable();
    }

    public async Task<ReadExplanation> Why(ReadRequest request) => new(await Authorize(request), []);

    public Task Refresh() => throw new NotSupportedException();
}
