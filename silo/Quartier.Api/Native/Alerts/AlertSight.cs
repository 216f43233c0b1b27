using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Questions;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Alerts;

/// <summary>
/// Which alerts a caller gets to know of, decided on before any is read: by what they rest on, of which there is no more than sensors have rules. So the
/// others are in no page, in no place to go on from, and not in the time that an answer takes.
/// </summary>
internal sealed class AlertSight(PublicDecisions decisions, ReadRecord record, IGrainFactory grains, OpenQuestion question)
{
    /// <summary>An alert that is gone through in the index, in readings that are looked at.</summary>
    private const int AlertCost = 2;

    /// <summary>What a district's alerts rest on of which the caller gets to know; null when to find out costs more than the request may.</summary>
    public async Task<ImmutableArray<AlertGround>?> FindAsync(
        Caller caller, CityIndex city, string district, Func<AlertGround, bool> asked, CancellationToken cancellationToken)
    {
        var all = await grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, district)).GetAlertGrounds()
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        var grounds = all.Where(asked).Select(g => (Ground: g, Streams: StreamsOf(city, district, g))).ToList();
        if (await decisions.DecideAsync(caller, city, grounds.SelectMany(g => g.Streams), Resolution.Raw, question, cancellationToken).ConfigureAwait(false) is not { } decided)
        {
            return null;
        }

        var seen = ImmutableArray.CreateBuilder<AlertGround>();
        foreach (var (ground, streams) in grounds)
        {
            // What is withheld goes to the ledger, as whatever is asked for does; what is shown is decided on and recorded when it is.
            var denied = streams.FindIndex(s => !decided[s].Permitted);
            if (denied < 0)
            {
                seen.Add(ground);
            }
            else
            {
                record.Add(streams[denied].District, streams[denied].Stream, Resolution.Raw, decided[streams[denied]], 1);
            }
        }

        return question.TrySpend(seen.Sum(g => g.All) * AlertCost) ? seen.ToImmutable() : null;
    }

    /// <summary>District and datastream of all values that an alert rests on.</summary>
    public static List<(string District, string Stream)> StreamsOf(CityIndex city, Alert alert) =>
        StreamsOf(city, alert.District, new(AlertGround.KeyOf(alert), 0, 0, 0));

    /// <summary>The same for all alerts on one ground.</summary>
    public static List<(string District, string Stream)> StreamsOf(CityIndex city, string district, AlertGround ground)
    {
        var subject = ground.Subject.Split('/');
        var ofAsset = subject is ["asset", var id] && city.Snapshot.Asset(id) is { } asset ? AssetReader.StreamsOf(city, asset).ToList() : [];
        if (ofAsset.Count > 0)
        {
            return ofAsset;
        }

        // A subject that is no longer registered is named as it was; the district decides.
        var sensor = subject is ["sensor", var gateway, var name] ? $"{gateway}/{name}" : ground.Subject;
        return [.. Properties(city, ground, subject).Select(property => (district, $"{sensor}/{property}"))];
    }

    /// <summary>The properties that decided; all of the sensor's when neither alert nor rule names one.</summary>
    private static IEnumerable<string> Properties(CityIndex city, AlertGround ground, string[] subject)
    {
        var sensor = subject is ["sensor", var gateway, var name] ? city.Snapshot.Sensor(gateway, name) : null;
        var rule = sensor?.Rules.FirstOrDefault(r => r.Id == ground.RuleId);
        string[] named = [.. ground.Properties, .. rule is null ? [] : rule.Parts.Append(rule.Property)];
        return named.Length > 0 ? named.Distinct(StringComparer.Ordinal) : sensor?.Datastreams.Select(d => d.Property) ?? [string.Empty];
    }
}
