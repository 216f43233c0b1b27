using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Sensors;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Has sensors lay corrections over what they have received. Each is in the ledger before, without values: one that cannot be recorded is not made.</summary>
internal sealed class CorrectionDesk(WritePorts ports, ILedger ledger)
{
    /// <summary>Entries that are written to the ledger together: far fewer than may wait there.</summary>
    private const int MostEntries = 500;

    private const int RetrySeconds = 2;

    /// <summary>
    /// Records and makes a correction. Returns the ticket for the reading store, to be waited for before anybody is told; null when the sensor is registered differently by now.
    /// </summary>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="target">The Observation's stream.</param>
    /// <param name="id">The Observation's id.</param>
    /// <param name="correction">What is to hold.</param>
    /// <param name="what">What happens to it, for the ledger: never a value.</param>
    /// <param name="cancellationToken">Ends the waiting; what has begun is carried out.</param>
    public async Task<Outcome<long?>> MakeAsync(
        Caller caller, StreamTarget target, long id, ObservationCorrection correction, string what, CancellationToken cancellationToken)
    {
        await RecordAsync(caller, target, id, correction.TimeMs, what, cancellationToken).ConfigureAwait(false);
        return await CarryOutAsync(target, correction).ConfigureAwait(false);
    }

    /// <summary>Records what happens to an Observation; durable on return.</summary>
    public Task<long> RecordAsync(Caller caller, StreamTarget target, long id, long timeMs, string what, CancellationToken cancellationToken)
    {
        var sensor = target.Sensor;
        ImmutableArray<string> streams = [.. target.Components.Select(c => $"{sensor.Gateway}/{sensor.Id}/{c.Terms.Property}")];
        var detail = $"Observations({id}) of {IsoTime.Format(timeMs)} {what}";
        return ledger.AppendAsync(
            target.City,
            new(ports.NowMs, LedgerEntryKind.Correction, caller.Principal.Reference, sensor.District, null, streams, null, 1, 1, null, null, detail),
            cancellationToken).AsTask();
    }

    /// <summary>Records the same of many Observations, each by an entry of its own; durable on return.</summary>
    public async Task RecordAsync(Caller caller, StreamTarget target, ImmutableArray<long> timesMs, string what, CancellationToken cancellationToken)
    {
        foreach (var times in timesMs.Chunk(MostEntries))
        {
            await Task.WhenAll(times.Select(t => RecordAsync(caller, target, ObservationId.Of(target.Components[0].Number, t) ?? 0, t, what, cancellationToken)))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Makes a correction that was recorded; the result is that of <see cref="MakeAsync"/>.</summary>
    public async Task<Outcome<long?>> CarryOutAsync(StreamTarget target, ObservationCorrection correction)
    {
        var receipt = await ports.Grains.GetGrain<ISensorGrain>(target.SensorKey).Correct(correction).ConfigureAwait(false);
        return receipt.Outcome switch
        {
            CorrectionOutcome.Done => (Outcome<long?>)receipt.Ticket,
            CorrectionOutcome.StaleDefinition => (Outcome<long?>)(long?)null,
            _ => WriteProblems.Conflict(
                "One of the results has no reading that could be corrected: it was missing, or its retention has ended. POST the Observation again with what was missing."),
        };
    }

    /// <summary>Withdraws many Observations of a stream that were recorded. Returns the ticket for the reading store.</summary>
    public async Task<Outcome<long>> WithdrawAsync(StreamTarget target, ImmutableArray<long> timesMs)
    {
        ImmutableArray<int> datastreams = [.. target.Components.Select(c => c.Index)];
        var ticket = 0L;
        foreach (var times in timesMs.Chunk(ObservationWithdrawal.MostTimes))
        {
            var receipt = await ports.Grains.GetGrain<ISensorGrain>(target.SensorKey).Withdraw(new(target.RegistryVersion, datastreams, [.. times])).ConfigureAwait(false);
            if (receipt.Outcome == CorrectionOutcome.StaleDefinition)
            {
                return Problems.Unavailable("The registry changes at present. What is withdrawn by now stays so. Send the request again.", RetrySeconds);
            }

            ticket = Math.Max(ticket, receipt.Ticket);
        }

        return ticket;
    }
}
