using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Assets;
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
internal sealed class AlertViewer(Decisions decisions)
{
    /// <summary>Open alerts of a state that are counted for one caller; a district that has more has other worries.</summary>
    private const int CountedMax = 1_000;

    private static readonly BilingualText WithheldSentence = new(
        "Die Messwerte, die zu dieser Meldung führten, sind hier nicht einsehbar.", "The readings that led to this alert cannot be seen here.");

    /// <summary>Whether the caller gets to know of every alert of the city, whatever was measured.</summary>
    public static bool KnowsOfAll(Caller caller, CityIndex city) => Rights.Allows(caller.Principal, Right.SeeBooks, city.Id);

    /// <summary>The alerts of which the caller gets to know, in their order.</summary>
    public async Task<List<AlertItem>> ShowAsync(Caller caller, CityIndex city, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        var streams = alerts.SelectMany(a => Streams(city, a, a.Subject.Split('/')));
        await decisions.PrepareAsync(caller, city, streams, Resolution.Raw, cancellationToken).ConfigureAwait(false);
        var knowsAll = KnowsOfAll(caller, city);
        var shown = await FanOut.AllAsync(alerts, a => ShowAsync(caller, city, a), cancellationToken).ConfigureAwait(false);
        return [.. shown.Where(a => knowsAll || a.Withheld is null)];
    }

    /// <summary>How many open alerts of a district the caller gets to know of.</summary>
    public async Task<AlertCounts> CountAsync(
        Caller caller, CityIndex city, IDistrictGrain district, AlertCounts all, CancellationToken cancellationToken)
    {
        if (KnowsOfAll(caller, city))
        {
            return all;
        }

        return new(
            all.Raised == 0 ? 0 : await CountAsync(AlertState.Raised).ConfigureAwait(false),
            all.Acknowledged == 0 ? 0 : await CountAsync(AlertState.Acknowledged).ConfigureAwait(false));

        async Task<int> CountAsync(AlertState state)
        {
            var open = await district.ListAlerts(new(state, null, null, null, CountedMax)).WaitAsync(cancellationToken).ConfigureAwait(false);
            return (await ShowAsync(caller, city, open, cancellationToken).ConfigureAwait(false)).Count;
        }
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
        var subject = alert.Subject.Split('/');
        var quality = true;
        foreach (var (district, stream) in Streams(city, alert, subject))
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

    private static List<(string District, string Stream)> Streams(CityIndex city, Alert alert, string[] subject)
    {
        var ofAsset = subject is ["asset", var id] && city.Snapshot.Asset(id) is { } asset ? AssetReader.StreamsOf(city, asset).ToList() : [];
        if (ofAsset.Count > 0)
        {
            return ofAsset;
        }

        // A subject that is no longer registered is named as it was; the district decides.
        var sensor = subject is ["sensor", var gateway, var name] ? $"{gateway}/{name}" : alert.Subject;
        return [.. Properties(city, alert, subject).Select(property => (alert.District, $"{sensor}/{property}"))];
    }

    /// <summary>The properties that decided; all of the sensor's when the explanation names none.</summary>
    private static IEnumerable<string> Properties(CityIndex city, Alert alert, string[] subject)
    {
        var sensor = subject is ["sensor", var gateway, var name] ? city.Snapshot.Sensor(gateway, name) : null;
        var rule = sensor?.Rules.FirstOrDefault(r => r.Id == alert.Explanation.RuleId);
        string[] named =
        [
            .. alert.Explanation.Readings.Select(r => r.Property),
            .. rule is null ? [] : rule.Parts.Append(rule.Property),
        ];
        return named.Length > 0 ? named.Distinct(StringComparer.Ordinal) : sensor?.Datastreams.Select(d => d.Property) ?? [string.Empty];
    }
}
