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
        if (_twin is null || _twin.Plan.Version != correction.RegistryVersion)
        {
            await Refresh();
        }

        if (_twin is not { } twin || twin.Plan.Version != correction.RegistryVersion)
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

        _ticket = Math.Max(_ticket, ticket.Value);
        if (ports.Live.IsWatched(twin.Plan.City))
        {
            ports.Live.Changed(twin.Plan.City, twin.Plan.SubjectKey);
        }

        return new(CorrectionOutcome.Done, ticket.Value);
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
