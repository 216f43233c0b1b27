using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Alerts;

/// <summary>
/// Shows alerts as the caller may see them. That a rule raised one tells of the values that decided, so an alert is for whoever may read all of them. Whoever
/// looks after the city's devices gets to know of the others, too: that they were raised and by which rule, without a value.
/// </summary>
internal sealed class AlertViewer(Decisions decisions, AlertSight sight)
{
    private static readonly BilingualText WithheldSentence = new(
        "Die Messwerte, die zu dieser Meldung führten, sind hier nicht einsehbar.", "The readings that led to this alert cannot be seen here.");

    /// <summary>Whether the caller gets to know of every alert of the city, whatever was measured.</summary>
    public static bool KnowsOfAll(Caller caller, CityIndex city) => Rights.Allows(caller.Principal, Right.SeeBooks, city.Id);

    /// <summary>The alerts of which the caller gets to know, in their order.</summary>
    public async Task<List<AlertItem>> ShowAsync(Caller caller, CityIndex city, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        var streams = alerts.SelectMany(a => AlertSight.StreamsOf(city, a));
        await decisions.PrepareAsync(caller, city, streams, Resolution.Raw, cancellationToken).ConfigureAwait(false);
        var knowsAll = KnowsOfAll(caller, city);
        var shown = await FanOut.AllAsync(alerts, a => ShowAsync(caller, city, a), cancellationToken).ConfigureAwait(false);
        return [.. shown.Where(a => knowsAll || a.Withheld is null)];
    }

    /// <summary>How many open alerts of a district the caller gets to know of; none when to find out costs more than the request may.</summary>
    public async Task<AlertCounts> CountAsync(Caller caller, CityIndex city, string district, AlertCounts all, CancellationToken cancellationToken)
    {
        if (KnowsOfAll(caller, city) || all is { Raised: 0, Acknowledged: 0 })
        {
            return all;
        }

        var seen = await sight.FindAsync(caller, city, district, static g => g.Raised + g.Acknowledged > 0, cancellationToken).ConfigureAwait(false) ?? [];

        // A number of alerts tells of the values behind them, so it is a read of these.
        var streams = seen.SelectMany(g => AlertSight.StreamsOf(city, district, g));
        await decisions.PrepareAsync(caller, city, streams, Resolution.Raw, cancellationToken).ConfigureAwait(false);
        return new(seen.Sum(g => g.Raised), seen.Sum(g => g.Acknowledged));
    }

    /// <summary>An alert for somebody who gets to know of all.</summary>
    public async Task<AlertItem> ShowAsync(Caller caller, CityIndex city, Alert alert)
    {
        var (withheld, quality) = await WithheldAsync(caller, city, alert).ConfigureAwait(false);
        return new(
            alert.Id,
            alert.District,
            alert.Subject,
            alert.SubjectName,
            Words<Severity>.Of(alert.Severity),
            alert.Office,
            Words<AlertState>.Of(alert.State),
            new(alert.StartMs),
            new(alert.RaisedMs),
            alert.ResolvedMs is { } resolved ? new UtcTime(resolved) : null,
            caller.Principal.Kind == PrincipalKind.Person ? alert.AcknowledgedBy : null,
            Explain(alert.Explanation, withheld is not null, quality),
            withheld);
    }

    private static ExplanationItem Explain(Explanation why, bool hidden, bool quality) => new(
        why.RuleId,
        why.RuleVersion,
        Words<RuleKind>.Of(why.Kind),
        hidden ? WithheldSentence : why.Sentence,
        hidden ? [] : [.. why.Readings.Select(r => Show(r, quality))],
        Numbers.ByName(hidden ? [] : why.Thresholds),
        Numbers.ByName(hidden ? [] : why.Computed));

    private static ExplainedReadingItem Show(ExplainedReading read, bool quality) => new(
        read.Property, new(read.Reading.TimeMs), Numbers.Finite(read.Reading.Value), quality ? new QualityFlags(read.Reading.Quality) : null);

    /// <summary>Why the values are withheld, or null; and whether their quality may be shown.</summary>
    private async Task<(string? Reason, bool Quality)> WithheldAsync(Caller caller, CityIndex city, Alert alert)
    {
        var quality = true;
        foreach (var (district, stream) in AlertSight.StreamsOf(city, alert))
        {
            var decision = await decisions.AskAsync(caller, city, district, stream).ConfigureAwait(false);
            if (!decision.Permitted)
            {
                return (decisions.Words(decision.Explanation), false);
            }

            quality &= !decision.Obligations!.Redactions.HasFlag(Redactions.Quality);
        }

        return (null, quality);
    }
}
