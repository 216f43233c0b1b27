using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Live;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Grains.Policies;

namespace Quartier.Grains.Districts;

/// <summary>
/// A district: what its sensors reported, its alerts, its books, and the decision who may read. Stays awake: a district in which all sensors
/// have fallen silent is called by nobody, and is the one that must look.
/// </summary>
[KeepAlive]
public sealed class DistrictGrain(
    IRegistry registry, CompiledPolicies policies, IAlertStore alerts, ILiveFeed live, TimeProvider time, ILogger<DistrictGrain> logger)
    : Grain, IDistrictGrain
{
    /// <summary>How often sensors are checked for silence. The shortest rule on silence cannot be judged finer than this.</summary>
    private static readonly TimeSpan SilencePeriod = TimeSpan.FromSeconds(10);

    /// <summary>After a start silence is judged only when gateways have had the time to connect again and to send what they kept meanwhile.</summary>
    private static readonly TimeSpan FirstSilence = TimeSpan.FromMinutes(2);

    /// <summary>How many sensors are asked at the same time: enough to hide waiting, few enough to leave others their turn.</summary>
    private const int AskedAtOnce = 256;

    private const int MaxSilentListed = 1_000;

    private readonly DistrictHours _hours = new();
    private readonly ReplayPace _replay = new();
    private readonly Dictionary<string, long> _lastTimes = new(StringComparer.Ordinal);
    private DistrictReads _reads = null!;
    private DistrictSensors _sensors = DistrictSensors.None;
    private SilentSensors _silent = new(DistrictSensors.None, MaxSilentListed);
    private string _city = string.Empty;
    private string _district = string.Empty;
    private DistrictAlerts _alerts = null!;
    private long _greatestTimeMs;
    private long _givenTimeMs;
    private bool _isJudging;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = GrainKeys.Split(this.GetPrimaryKeyString());
        (_city, _district) = (key[0], key[1]);
        _reads = new(policies, time, _city, _district);
        _alerts = new(alerts, live, _city, _district, await alerts.GroundsAsync(_city, _district, cancellationToken));
        TakeUpDefinition();
        await EndOrphansAsync(cancellationToken);
        this.RegisterGrainTimer(
            static (DistrictGrain self, CancellationToken _) => self.CheckSilence(),
            this,
            new GrainTimerCreationOptions
            {
                DueTime = FirstSilence,
                Period = SilencePeriod,

                // A sensor that is asked may be waiting for this district to record its alert.
                Interleave = true,
            });
    }

    /// <inheritdoc/>
    public Task Refresh()
    {
        TakeUpDefinition();
        return EndOrphansAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task Report(SensorReport report)
    {
        var name = $"{report.Gateway}/{report.Sensor}";
        if (!_sensors.Contains(name))
        {
            return Task.CompletedTask;
        }

        _greatestTimeMs = _sensors.MoveTime(name) ? Math.Max(_greatestTimeMs, report.LastTimeMs) : _greatestTimeMs;
        _lastTimes[name] = Math.Max(_lastTimes.GetValueOrDefault(name), report.LastTimeMs);
        _silent.Heard(name);
        foreach (var minute in report.Minutes)
        {
            _hours.Add(minute.Property, minute.Row);
        }

        if (_sensors.Clock == CityClock.Replay && !_isJudging)
        {
            // A sensor that is asked may be waiting for this district, so nobody waits here.
            _ = JudgeReplayAsync();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RecordAlerts(ImmutableArray<Alert> reported) => _alerts.RecordAsync(reported);

    /// <inheritdoc/>
    public Task<Alert?> Acknowledge(string id, string by) => _alerts.AcknowledgeAsync(id, by);

    /// <inheritdoc/>
    public async Task<ImmutableArray<Alert>> ListAlerts(AlertQuery query) =>
        [.. await alerts.ListAsync(_city, _district, query, CancellationToken.None)];

    /// <inheritdoc/>
    public Task<ImmutableArray<AlertGround>> GetAlertGrounds() => Task.FromResult(_alerts.Counts.Listed);

    /// <inheritdoc/>
    public Task<DistrictState> GetState()
    {
        var now = Now();
        _silent.Look(_lastTimes, now);
        return Task.FromResult(new DistrictState(
            now,
            _sensors.Count,
            _sensors.Count - _silent.Count,
            _silent.Listed,
            _alerts.Counts.Raised,
            _alerts.Counts.Acknowledged,
            _hours.LastComplete(now),
            registry.Find(_city)?.District(_district)?.RetentionDays ?? 0));
    }

    /// <inheritdoc/>
    public Task<long> GetNow() => Task.FromResult(Now());

    /// <inheritdoc/>
    public Task<long> TakeNow(int count)
    {
        if (Now() is not (> 0 and var now))
        {
            return Task.FromResult(0L);
        }

        var first = Math.Max(now, _givenTimeMs) + 1;
        _givenTimeMs = first + count - 1;
        return Task.FromResult(first);
    }

    /// <inheritdoc/>
    public async Task<ImmutableSortedDictionary<string, SensorBooks>> GetBooks()
    {
        var books = ImmutableSortedDictionary.CreateBuilder<string, SensorBooks>(StringComparer.Ordinal);
        foreach (var names in _sensors.Names.Chunk(AskedAtOnce))
        {
            // All asked, then awaited one by one: joining them would leave the grain's turns for the thread pool.
            var answers = Array.ConvertAll(names, name => Sensor(name).GetBooks());
            for (var i = 0; i < names.Length; i++)
            {
                books[names[i]] = await answers[i];
            }
        }

        return books.ToImmutable();
    }

    /// <inheritdoc/>
    public Task<ReadDecision> Authorize(ReadRequest request) => Task.FromResult(_reads.Decide(request));

    /// <inheritdoc/>
    public Task<ImmutableArray<ReadDecision>> AuthorizeMany(ReadRequest request, ImmutableArray<string> streams) =>
        Task.FromResult(_reads.DecideMany(request, streams));

    /// <inheritdoc/>
    public Task<ImmutableArray<AlikeDecision>> AuthorizeProperty(ReadRequest request) => Task.FromResult(_reads.DecideProperty(request));

    /// <inheritdoc/>
    public Task<ReadExplanation> Why(ReadRequest request) => Task.FromResult(_reads.Explain(request));

    private Task EndOrphansAsync(CancellationToken cancellationToken) => _alerts.EndAsync(
        OrphanedAlerts.FindAsync(alerts, registry.Find(_city), _district, cancellationToken), time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);

    private void TakeUpDefinition()
    {
        _sensors = DistrictSensors.Of(registry.Find(_city), _district);
        _silent = new(_sensors, MaxSilentListed);
        foreach (var gone in _lastTimes.Keys.Where(name => !_sensors.Contains(name)).ToList())
        {
            _lastTimes.Remove(gone);
        }
    }

    /// <summary>By the clock; in a replay once more as of the last time, for sensors that were not known then.</summary>
    private Task CheckSilence() => _sensors.Clock == CityClock.Replay ? CheckSilenceAsOf(_replay.JudgedMs) : CheckSilenceAsOf(Now());

    private async Task JudgeReplayAsync()
    {
        _isJudging = true;
        try
        {
            while (_replay.TryAdvance(_greatestTimeMs))
            {
                await CheckSilenceAsOf(_replay.JudgedMs);
            }
        }
        finally
        {
            _isJudging = false;
        }
    }

    private async Task CheckSilenceAsOf(long nowMs)
    {
        foreach (var names in _sensors.Asked(_lastTimes, nowMs).Chunk(AskedAtOnce))
        {
            foreach (var check in Array.ConvertAll(names, name => CheckSilenceOf(name, nowMs)))
            {
                await check;
            }
        }
    }

    private async Task CheckSilenceOf(string name, long nowMs)
    {
        try
        {
            await Sensor(name).CheckSilence(nowMs);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.SilenceNotChecked(logger, error, name);
        }
    }

    private long Now() => _sensors.Clock == CityClock.Replay ? _greatestTimeMs : time.GetUtcNow().ToUnixTimeMilliseconds();

    private ISensorGrain Sensor(string name) => GrainFactory.GetGrain<ISensorGrain>($"{_city}/{name}");
}
