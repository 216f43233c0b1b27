using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Has sensors lay corrections over what they have received. Each is in the ledger before, without values: one that cannot be recorded is not made.</summary>
internal sealed class CorrectionDesk(WritePorts ports, ILedger ledger)
{
    /// <summary>
    /// Makes a correction. Returns the ticket for the reading store, to be waited for before anybody is told; null when the sensor is registered differently by now.
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
        var sensor = target.Sensor;
        ImmutableArray<string> streams = [.. target.Components.Select(c => $"{sensor.Gateway}/{sensor.Id}/{c.Terms.Property}")];
        var detail = $"Observations({id}) of {IsoTime.Format(correction.TimeMs)} {what}";
        await ledger.AppendAsync(
            target.City,
            new(ports.NowMs, LedgerEntryKind.Correction, caller.Principal.Reference, sensor.District, null, streams, null, 1, 1, null, null, detail),
            cancellationToken).ConfigureAwait(false);
        var receipt = await ports.Grains.GetGrain<ISensorGrain>(target.SensorKey).Correct(correction).ConfigureAwait(false);
        return receipt.Outcome switch
        {
            CorrectionOutcome.Done => (Outcome<long?>)receipt.Ticket,
            CorrectionOutcome.StaleDefinition => (Outcome<long?>)(long?)null,
            _ => WriteProblems.Conflict(
                "One of the results has no reading that could be corrected: it was missing, or its retention has ended. POST the Observation again with what was missing."),
        };
    }
}
