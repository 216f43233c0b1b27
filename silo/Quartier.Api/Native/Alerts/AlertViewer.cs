using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Alerts;

/// <summary>Shows an alert as the caller may see it: whoever may not read the values that decided, sees that it was raised and by which rule.</summary>
internal sealed class AlertViewer(Decisions decisions, AssetReader assets)
{
    private static readonly BilingualText WithheldSentence = new(
        "Die Messwerte, die zu dieser Meldung führten, sind hier nicht einsehbar.", "The readings that led to this alert cannot be seen here.");

    public async Task<AlertItem> ShowAsync(Caller caller, CityIndex city, Alert alert)
    {
        var withheld = await WithheldAsync(caller, city, alert).ConfigureAwait(false);
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
            alert.AcknowledgedBy,
            Explain(alert.Explanation, withheld is not null),
            withheld);
    }

    private static ExplanationItem Explain(Explanation why, bool hidden) => new(
        why.RuleId,
        why.RuleVersion,
        Words<RuleKind>.Of(why.Kind),
        hidden ? WithheldSentence : why.Sentence,
        hidden ? [] : [.. why.Readings.Select(Show)],
        Numbers.ByName(hidden ? [] : why.Thresholds),
        Numbers.ByName(hidden ? [] : why.Computed));

    private static ExplainedReadingItem Show(ExplainedReading read) =>
        new(read.Property, new(read.Reading.TimeMs), Numbers.Finite(read.Reading.Value), new(read.Reading.Quality));

    private async Task<string?> WithheldAsync(Caller caller, CityIndex city, Alert alert)
    {
        var subject = alert.Subject.Split('/');
        if (subject is ["asset", var id] && city.Snapshot.Asset(id) is { } asset)
        {
            var denied = await assets.DeniedAsync(caller, city, asset).ConfigureAwait(false);
            return denied.Count == 0 ? null : denied.Values.First();
        }

        // A subject that is no longer registered is named as it was; the district decides.
        var sensor = subject is ["sensor", var gateway, var name] ? $"{gateway}/{name}" : alert.Subject;
        foreach (var property in Properties(city, alert, subject))
        {
            var decision = await decisions.AskAsync(caller, GrainKeys.District(city.Id, alert.District), sensor, property).ConfigureAwait(false);
            if (!decision.Permitted)
            {
                return decision.Explanation.En;
            }
        }

        return null;
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
