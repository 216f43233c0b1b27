using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Alerts;
using Quartier.Api.Native.Cities;
using Quartier.Api.Questions;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Districts;

/// <summary>Reads a district's state as the caller may see it.</summary>
internal sealed class DistrictReader(
    IGrainFactory grains, Decisions decisions, PublicDecisions aside, AlertViewer alerts, ReadRecord record, OpenQuestion question)
{
    /// <summary>Why nothing may be answered; null while it may.</summary>
    public ApiProblem? Refusal => question.Refusal;

    public async Task<DistrictItem> ReadAsync(Caller caller, CityIndex city, DistrictDefinition district, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, district.Id));
        var state = await grain.GetState().WaitAsync(cancellationToken).ConfigureAwait(false);
        var live = new List<LiveAggregate>(state.Live.Length);
        foreach (var aggregate in state.Live)
        {
            var withheld = await WithheldAsync(caller, city, district.Id, aggregate.Property, cancellationToken).ConfigureAwait(false);
            live.Add(Show(aggregate.Property, aggregate.Row, withheld));
        }

        return new(
            district.Id,
            district.Name,
            district.Office,
            state.RetentionDays,
            UtcTime.OrNull(state.NowMs),
            await CoverageAsync(caller, city, state, cancellationToken).ConfigureAwait(false),
            await alerts.CountAsync(caller, city, district.Id, new(state.RaisedAlerts, state.AcknowledgedAlerts), cancellationToken).ConfigureAwait(false),
            [.. live]);
    }

    /// <summary>Says whose request it is, and in its head the same whether or not there is anything to decide on.</summary>
    public void Begin(HttpContext context)
    {
        question.For(context);
        record.SetHeaders(context.Response.Headers);
    }

    /// <summary>
    /// That a sensor is silent tells of what it measures as the alert about it does, so it is for whoever may read all of that, or looks after the devices.
    /// For others it counts as one that reports.
    /// </summary>
    private async Task<CoverageItem> CoverageAsync(Caller caller, CityIndex city, DistrictState state, CancellationToken cancellationToken)
    {
        if (AlertViewer.KnowsOfAll(caller, city) || state.Silent.IsEmpty)
        {
            return new(state.Expected, state.Reporting, state.Silent);
        }

        var silent = state.Silent.Select(name => (Name: name, Sensor: SensorOf(city, name))).Where(s => s.Sensor is not null).ToList();
        var streams = silent.SelectMany(s => s.Sensor!.Datastreams, (s, d) => (s.Sensor!.District, Decisions.Name(s.Sensor, d.Property)));
        if (await aside.DecideAsync(caller, city, streams, Resolution.Raw, question, cancellationToken).ConfigureAwait(false) is not { } decided)
        {
            return new(state.Expected, state.Expected, []);
        }

        var known = silent.Where(s => s.Sensor!.Datastreams.All(d => decided[(s.Sensor.District, Decisions.Name(s.Sensor, d.Property))].Permitted)).ToList();
        return new(state.Expected, state.Expected - known.Count, [.. known.Select(s => s.Name)]);
    }

    private static SensorDefinition? SensorOf(CityIndex city, string name) => name.Split('/') is [var gateway, var sensor] ? city.Snapshot.Sensor(gateway, sensor) : null;

    /// <summary>An aggregate may be read by whoever may read every datastream in it; the first denial settles it.</summary>
    private async Task<string?> WithheldAsync(
        Caller caller, CityIndex city, string district, string property, CancellationToken cancellationToken)
    {
        var denial = await decisions.DenialAsync(caller, city, district, property, Resolution.Hour).WaitAsync(cancellationToken).ConfigureAwait(false);
        return denial is null ? null : decisions.Words(denial.Explanation);
    }

    private static LiveAggregate Show(string property, AggregateRow row, string? withheld) => withheld is null
        ? new(
            property,
            new(row.StartMs),
            new(row.EndMs),
            row.Count,
            Numbers.Finite(row.Sum),
            Numbers.Finite(row.Min),
            Numbers.Finite(row.Max),
            Numbers.Finite(row.Sum / row.Count),
            null)
        : new(property, new(row.StartMs), new(row.EndMs), null, null, null, null, null, withheld);
}
