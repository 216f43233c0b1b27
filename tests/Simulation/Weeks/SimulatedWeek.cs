using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Simulation.City;
using Quartier.Simulation.Faults;
using Quartier.Simulation.Silos;
using Quartier.Storage.Simulated;

namespace Quartier.Simulation.Weeks;

/// <summary>A week of the small city: one schedule of messages under one plan of faults.</summary>
internal sealed class SimulatedWeek : IDisposable
{
    /// <summary>Sendings again after which what is refused will never be taken.</summary>
    private const int MostRounds = 20;

    private readonly Trace _trace = new();
    private readonly SimulatedDisk _disk;
    private readonly FaultPlan _plan;
    private readonly int _seed;
    private readonly SortedDictionary<string, SimulatedGateway> _gateways = new(StringComparer.Ordinal);
    private SimulatedSilo _silo = null!;
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(Schedule.StartMs - 60_000);
    private readonly RefusalAccount _refusals = new();
    private int _lives;

    private SimulatedWeek(int seed, FaultPlan plan)
    {
        (_seed, _plan) = (seed, plan);
        _disk = new SimulatedDisk(seed);
        foreach (var gateway in SmallCity.Sensors.Select(s => s.Gateway).Distinct(StringComparer.Ordinal))
        {
            _gateways[gateway] = new SimulatedGateway(gateway, _trace);
        }
    }

    private long Noted => _gateways.Values.Sum(g => (long)g.Noted);

    private bool HasCrashed => _disk.CrashAt != 0 && _disk.Steps >= _disk.CrashAt;

    /// <summary>Runs the week.</summary>
    public static async Task<Outcome> RunAsync(int seed, Schedule schedule, FaultPlan plan)
    {
        using var week = new SimulatedWeek(seed, plan);
        await week.StartAsync();
        foreach (var (tick, arrivals) in schedule.ByTick)
        {
            await week.TickAsync(tick, arrivals);
        }

        return await week.EndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _silo?.Dispose();
        _trace.Dispose();
    }

    private async Task TickAsync(int tick, Arrival[] arrivals)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Schedule.StartMs + ((long)tick * Schedule.TickMs) + 1_000);
        var fault = _plan.At(tick);
        _disk.IsFull = _plan.IsFull(tick);
        if (fault == Fault.PowerLossAtStep)
        {
            _disk.CrashAt = _disk.Steps + _plan.StepsLeft();
        }

        await GuardedAsync(() =>
        {
            _silo.Driver.Advance(at > _silo.Now ? at - _silo.Now : TimeSpan.Zero);
            if (!_disk.IsFull && !HasCrashed)
            {
                _refusals.Keep();
            }

            return Task.CompletedTask;
        });
        Publish(arrivals);
        await GuardedAsync(() => FailAsync(fault));
        await GuardedAsync(ExchangeAsync);
    }

    private void Publish(IEnumerable<Arrival> arrivals)
    {
        var byGateway = arrivals.ToLookup(a => a.Gateway, StringComparer.Ordinal);
        foreach (var (id, gateway) in _gateways)
        {
            gateway.Publish(_silo.Ingest, byGateway[id]);
        }
    }

    private async Task FailAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.Restart when !_disk.IsFull:
                _silo.Settle();
                await CollectAsync();
                await _silo.StopAsync();
                await RestartAsync(_disk.RestartProcess, afterCleanStop: !HasCrashed);
                break;
            case Fault.Kill:
                await RestartAsync(_disk.RestartProcess);
                break;
            case Fault.KillUnsynced:
                _silo.Driver.RunUntilIdle();
                await RestartAsync(_disk.RestartProcess);
                break;
            case Fault.PowerLoss:
                _silo.Driver.RunUntilIdle();
                await RestartAsync(_disk.PowerUp);
                break;
            default:
                break;
        }
    }

    /// <summary>Everything that can be acknowledged is; without space on the disk it all stays under way.</summary>
    private async Task ExchangeAsync()
    {
        if (_disk.IsFull)
        {
            _silo.Work();
            return;
        }

        for (var round = 0; _gateways.Values.Any(g => !g.IsDone); round++)
        {
            Assert.True(round < MostRounds, "Messages are refused for ever.");
            _silo.Settle();
            await CollectAsync();
            Publish([]);
        }

        await _silo.ReportRefusalsAsync();
        _refusals.Report(Noted);
    }

    private async Task CollectAsync()
    {
        foreach (var gateway in _gateways.Values)
        {
            await gateway.CollectAsync();
        }
    }

    /// <summary>Does something, and when the machine loses its power in the middle of it, starts the machine and does it again.</summary>
    private async Task GuardedAsync(Func<Task> body)
    {
        while (true)
        {
            try
            {
                await body();
                if (!HasCrashed)
                {
                    return;
                }
            }
            catch (Exception) when (HasCrashed)
            {
                // Whatever failed did so because the machine stopped under it.
            }

            await RestartAsync(_disk.PowerUp);
        }
    }

    private async Task RestartAsync(Action restart, bool afterCleanStop = false)
    {
        _silo.Dispose();
        restart();
        _disk.IsFull = false;
        _now = _silo.Now + _plan.Downtime();
        foreach (var gateway in _gateways.Values)
        {
            gateway.Lose();
        }

        await StartAsync();
        _refusals.Begin(await CountRefusalsAsync(), Noted, afterCleanStop);
        Publish([]);
    }

    private async Task StartAsync()
    {
        _lives++;
        _trace.Add($"start {_now:O}");
        _silo = await SimulatedSilo.StartAsync(_disk, (_seed * 1000) + _lives, _now, _trace);
    }

    private async Task<long> CountRefusalsAsync()
    {
        var refusals = await _silo.RunAsync(_silo.Grains.GetGrain<ICityGrain>(SmallCity.Id).GetRefusals());
        return refusals.Entries.Sum(e => e.Count);
    }

    /// <summary>Lets silence be noticed, then looks at everything.</summary>
    private async Task<Outcome> EndAsync()
    {
        _disk.IsFull = false;
        await GuardedAsync(ExchangeAsync);
        _disk.CrashAt = 0;
        _silo.Driver.Advance(TimeSpan.FromHours(4));
        _silo.Settle();
        var readings = new SortedDictionary<string, IReadOnlyList<Reading>>(StringComparer.Ordinal);
        foreach (var sensor in SmallCity.Sensors)
        {
            foreach (var property in sensor.Properties)
            {
                var number = _silo.Store.Readings.Register(new($"{SmallCity.Id}/{sensor.Name}", property), TimeSpan.FromDays(sensor.District == "nord" ? 400 : 3650));
                readings[$"{sensor.Name}/{property}"] = await _silo.Store.Readings.RangeAsync(number, 0, long.MaxValue, 100_000, default);
            }
        }

        var (alerts, books) = await DistrictsAsync();
        var refused = await CountRefusalsAsync();
        Assert.Equal(_refusals.Expected(Noted), refused);
        foreach (var (name, stored) in readings)
        {
            _trace.Add($"{name} {string.Join(' ', stored)}");
        }

        foreach (var alert in alerts.Values)
        {
            _trace.Add(AlertText.Of(alert));
        }

        return new(
            readings,
            alerts,
            books,
            [.. _gateways.Values.SelectMany(g => g.Interrupted).SelectMany(a => a.Readings)],
            _gateways.Values.Sum(g => g.Acknowledged.Count),
            refused,
            Noted - _gateways.Values.Sum(g => g.NotedInVain),
            _trace.Digest(),
            _lives - 1);
    }

    private async Task<(SortedDictionary<string, Alert> Alerts, SortedDictionary<string, SensorBooks> Books)> DistrictsAsync()
    {
        var alerts = new SortedDictionary<string, Alert>(StringComparer.Ordinal);
        var books = new SortedDictionary<string, SensorBooks>(StringComparer.Ordinal);
        foreach (var id in SmallCity.Districts)
        {
            var district = _silo.Grains.GetGrain<IDistrictGrain>(GrainKeys.District(SmallCity.Id, id));
            var listed = await _silo.RunAsync(district.ListAlerts(new AlertQuery(null, null, null, null, 1_000)));
            Assert.True(listed.Length < 1_000, "More alerts than one page holds.");
            foreach (var alert in listed)
            {
                alerts.Add(alert.Id, alert);
            }

            foreach (var (name, sensor) in await _silo.RunAsync(district.GetBooks()))
            {
                books.Add(name, sensor);
            }
        }

        return (alerts, books);
    }
}
