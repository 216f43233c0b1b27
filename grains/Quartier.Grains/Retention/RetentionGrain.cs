using System.Collections.Immutable;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;
using Quartier.Domain.Time;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Retention;

/// <summary>
/// Ends what has been kept for long enough. A run is a row of steps, each of which may be repeated; after each the grain keeps how far it has
/// come, so that an interruption at any point leads to the same end. Stays awake: nobody calls it at night.
/// </summary>
[KeepAlive]
public sealed class RetentionGrain(
    [PersistentState("retention", CityGrain.StateStore)] IPersistentState<RetentionRecord> record, RetentionPorts ports) : Grain, IRetentionGrain
{
    /// <summary>How often it is looked whether a run is due, or one that failed is tried again.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMinutes(1);

    /// <summary>An incident needs a person; looking into every place again costs too much to do it each minute.</summary>
    private static readonly TimeSpan IncidentPause = TimeSpan.FromHours(1);

    /// <summary>Certificates checked in one verification: three years of one district, or a month of thirty.</summary>
    private const int MostVerified = 1_000;

    private const string ByClock = "system:retention";

    private string? _failure;
    private long _notBeforeMs;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            static (RetentionGrain self, CancellationToken _) => self.Look(),
            this,
            new GrainTimerCreationOptions { DueTime = LookPeriod, Period = LookPeriod, KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Wake() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<RetentionStatus> Run(string by)
    {
        if (record.State.Run is null or { Phase: RetentionPhase.Done } or { Incident: not null })
        {
            await BeginAsync(IsoTime.Format(ports.NowMs), by, record.State.LastNight);
        }

        await AdvanceAsync();
        return Status;
    }

    /// <inheritdoc/>
    public Task<RetentionStatus> GetStatus() => Task.FromResult(Status);

    /// <inheritdoc/>
    public async Task<RetentionVerification> Verify()
    {
        var findings = new List<string>();
        var since = record.State.Run?.NowMs ?? RetentionNight.Last(Zone, ports.NowMs).DueMs;
        var places = await ports.ExamineAsync(since, record.State.Run?.PublishedBefore);
        findings.AddRange(places.SelectMany(p => p.Findings.Select(f => $"{p.Place}: {f}")));
        var certificates = await ports.Certificates.ListAsync(null, null, MostVerified, CancellationToken.None);
        foreach (var stored in certificates)
        {
            if ((CertificateText.Problem(stored) ?? await ports.Ledger.ProblemAsync(stored)) is { } problem)
            {
                findings.Add(problem);
            }
        }

        return new([.. places.Select(p => new CertifiedPlace(p.Place, p.Examined))], certificates.Length, [.. findings.Take(PlaceExamined.MostFindings)]);
    }

    /// <summary>All cities share the partitions, hence one night: that of the first city.</summary>
    private TimeZoneInfo Zone => ports.Registry.Cities.Order(StringComparer.Ordinal).Select(ports.Registry.Find).FirstOrDefault() is { } first
        ? TimeZoneInfo.FindSystemTimeZoneById(first.City.TimeZone)
        : TimeZoneInfo.Utc;

    private RetentionStatus Status => new(record.State.Run, RetentionNight.NextMs(Zone, ports.NowMs), _failure);

    private async Task Look()
    {
        try
        {
            var (night, _) = RetentionNight.Last(Zone, ports.NowMs);
            if (record.State.LastNight is null)
            {
                // A new installation has missed no night, whoever has had it run before the clock looked.
                await KeepAsync(record.State.Run, night);
            }

            var isDue = !string.Equals(night, record.State.LastNight, StringComparison.Ordinal);
            if (isDue && record.State.Run is null or { Phase: RetentionPhase.Done } or { Incident: not null })
            {
                await BeginAsync(night, ByClock, night);
            }
            else if (record.State.Run is null or { Phase: RetentionPhase.Done } || ports.NowMs < _notBeforeMs)
            {
                return;
            }

            await AdvanceAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _failure = error.Message;
            Log.RetentionStopped(ports.Logger, error);
        }
    }

    /// <summary>A run that an incident holds up gives way to the next night's: what it planned is certified with that.</summary>
    private async Task BeginAsync(string night, string by, string? lastNight)
    {
        var sizes = record.State.Run is { Phase: not RetentionPhase.Done } held ? held.LedgerSizes : ImmutableDictionary<string, long>.Empty;
        await KeepAsync(new(night, by, ports.NowMs, RetentionPhase.Begun, 0, null, sizes, record.State.Run?.PublishedBefore), lastNight);
    }

    private async Task AdvanceAsync()
    {
        var steps = new RetentionSteps(ports, new(ports, GrainFactory));
        while (record.State.Run is { Phase: not RetentionPhase.Done } run)
        {
            var next = await steps.TakeAsync(run);
            await KeepAsync(next, record.State.LastNight);
            if (next.Incident is { } incident)
            {
                _notBeforeMs = ports.NowMs + (long)IncidentPause.TotalMilliseconds;
                Log.RetentionIncident(ports.Logger, next.Night, incident);
                break;
            }
        }

        _failure = null;
    }

    private async Task KeepAsync(RetentionRun? run, string? lastNight)
    {
        var before = record.State;
        record.State = new() { Run = run, LastNight = lastNight };
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            record.State = before;
            throw;
        }
    }
}
