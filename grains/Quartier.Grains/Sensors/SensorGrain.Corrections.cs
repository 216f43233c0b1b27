using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Judgement;

namespace Quartier.Grains.Sensors;

/// <summary>Corrections: the store lays them over what was received. The twin goes on with what it has judged, as it would after a restart.</summary>
public sealed partial class SensorGrain
{
    /// <inheritdoc/>
    public async Task<CorrectionReceipt> Correct(ObservationCorrection correction)
    {
        if (await TwinOfAsync(correction.RegistryVersion) is not { } twin)
        {
            return new(CorrectionOutcome.StaleDefinition, 0);
        }

        foreach (var component in correction.Components)
        {
            var found = await ports.Store.ReceivedAsync(twin.NumberOf(component.Datastream), correction.TimeMs, correction.TimeMs + 1, 1, CancellationToken.None);
            if (found.Count == 0 && component.Value is not null)
            {
                return new(CorrectionOutcome.NoReading, 0);
            }
        }

        var ticket = await CorrectAsync(twin, correction);
        if (ticket is null)
        {
            return new(CorrectionOutcome.NoReading, 0);
        }

        return Done(twin, ticket.Value);
    }

    /// <inheritdoc/>
    public async Task<CorrectionReceipt> Withdraw(ObservationWithdrawal withdrawal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(withdrawal.TimesMs.Length, ObservationWithdrawal.MostTimes, nameof(withdrawal));
        if (await TwinOfAsync(withdrawal.RegistryVersion) is not { } twin)
        {
            return new(CorrectionOutcome.StaleDefinition, 0);
        }

        var ticket = 0L;
        foreach (var timeMs in withdrawal.TimesMs)
        {
            foreach (var datastream in withdrawal.Datastreams)
            {
                var withdrawn = await ports.Store.CorrectAsync(twin.NumberOf(datastream), timeMs, Correction.Withdrawn, CancellationToken.None);
                ticket = Math.Max(ticket, withdrawn ?? 0);
            }
        }

        return Done(twin, ticket);
    }

    /// <summary>The twin on the definition of the version; null when the sensor is registered differently by now, or no longer.</summary>
    private async Task<SensorTwin?> TwinOfAsync(long version)
    {
        if (_twin is null || _twin.Plan.Version != version)
        {
            await Refresh();
        }

        return _twin is { } twin && twin.Plan.Version == version ? twin : null;
    }

    private CorrectionReceipt Done(SensorTwin twin, long ticket)
    {
        _ticket = Math.Max(_ticket, ticket);
        if (ports.Live.IsWatched(twin.Plan.City))
        {
            ports.Live.Changed(twin.Plan.City, twin.Plan.SubjectKey);
        }

        return new(CorrectionOutcome.Done, ticket);
    }

    /// <summary>Lays all of it over what is stored, the first component first: with it the Observation is found, or not. Null when that one has ended.</summary>
    private async Task<long?> CorrectAsync(SensorTwin twin, ObservationCorrection correction)
    {
        long? ticket = null;
        for (var i = 0; i < correction.Components.Length; i++)
        {
            var (datastream, value) = correction.Components[i];
            var held = value is { } number
                ? new Correction(
                    false, number, IntrinsicQuality.OfValue(twin.Plan.Definition.Datastreams[datastream], number), i == 0 ? correction.Content : Annotation.None)
                : Correction.Withdrawn;
            var corrected = await ports.Store.CorrectAsync(twin.NumberOf(datastream), correction.TimeMs, held, CancellationToken.None);
            if (corrected is null && i == 0)
            {
                return null;
            }

            ticket = Math.Max(ticket ?? 0, corrected ?? 0);
        }

        return ticket;
    }
}
