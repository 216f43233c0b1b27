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
internal sealed class DistrictReader(IGrainFactory grains, Decisions decisions, AlertViewer alerts, ReadRecord record, OpenQuestion question)
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
            new(state.Expected, state.Reporting, state.Silent),
            await alerts.CountAsync(caller, city, district.Id, new(state.RaisedAlerts, state.AcknowledgedAlerts), cancellationToken).ConfigureAwait(false),
            [.. live]);
    }

    /// <summary>Says whose request it is, and in its head the same whether or not there is anything to decide on.</summary>
    public void Begin(HttpContext context)
    {
        question.For(context);
        record.SetHeaders(context.Response.Headers);
    }

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
