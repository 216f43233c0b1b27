using System.Text.Json;
using Quartier.Contracts.Retention;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Looks into city.db, and empties its write-ahead log.</summary>
internal sealed class CityExamination(StoreCore core)
{
    /// <summary>Examines.</summary>
    public IEnumerable<PlaceExamined> Run(Cutoffs cutoffs)
    {
        var latest = new Findings("latest values");
        _ = core.City.Read(database => Latest(database, cutoffs, latest));
        if (!core.City.EmptyLog())
        {
            latest.Add($"The write-ahead log of {CityDatabase.FileName} is in use and could not be emptied. Examine again.");
        }

        var (states, alerts) = (new Findings("grain states"), new Findings("alerts"));
        _ = core.City.Read(database => States(database, cutoffs, states));
        _ = core.City.Read(database => Alerts(database, cutoffs, alerts));
        return [latest.ToPlace(), states.ToPlace(), alerts.ToPlace()];
    }

    private static long States(Database database, Cutoffs cutoffs, Findings findings)
    {
        using var rows = database.Prepare("SELECT grain, body FROM grain_state WHERE state IN ('sensor', 'asset')").Run();
        while (rows.Next())
        {
            findings.Examined++;
            var grain = rows.Text(0);
            using var body = JsonDocument.Parse(rows.Bytes(1).ToArray());
            if (HoldsExpired(grain[(grain.IndexOf('/', StringComparison.Ordinal) + 1)..], body.RootElement, cutoffs))
            {
                findings.Add($"The state of {grain} holds a value whose retention has ended. Run the retention again.");
            }
        }

        return findings.Examined;
    }

    // Of an asset the inputs name their datastreams. What it computed and judged is made of all of them.
    private static bool HoldsExpired(string key, JsonElement state, Cutoffs cutoffs)
    {
        if (!state.TryGetProperty("Snapshot", out var asset))
        {
            return KeptValues.HoldExpired(state, string.Empty, property => cutoffs.FirstDay(key, property));
        }

        var city = key.Split('/')[0];
        var strictest = cutoffs.FirstDayOfAsset(key);
        return KeptValues.HoldExpired(asset.GetProperty("Slopes"), string.Empty, _ => strictest)
            || KeptValues.HoldExpired(asset.GetProperty("Rules"), string.Empty, _ => strictest)
            || asset.GetProperty("Inputs").EnumerateArray().Any(input => KeptValues.HoldExpired(
            input, string.Empty, property => cutoffs.FirstDay($"{city}/{input.GetProperty("Gateway").GetString()}/{input.GetProperty("Sensor").GetString()}", property)));
    }

    private static long Alerts(Database database, Cutoffs cutoffs, Findings findings)
    {
        using var rows = database.Prepare("SELECT city, district, id, subject, body FROM alert").Run();
        while (rows.Next())
        {
            findings.Examined++;
            using var body = JsonDocument.Parse(rows.Text(4));
            if (KeptValues.HoldExpired(body.RootElement, string.Empty, FirstDays(rows.Text(0), rows.Text(3), cutoffs)))
            {
                findings.Add($"Alert {rows.Text(2)} of {rows.Text(0)}/{rows.Text(1)} explains itself with a value whose retention has ended. Run the retention again.");
            }
        }

        return findings.Examined;
    }

    private static Func<string, int> FirstDays(string city, string subject, Cutoffs cutoffs)
    {
        var key = $"{city}{subject[subject.IndexOf('/', StringComparison.Ordinal)..]}";
        if (subject.StartsWith("sensor/", StringComparison.Ordinal))
        {
            return property => cutoffs.FirstDay(key, property);
        }

        var strictest = cutoffs.FirstDayOfAsset(key);
        return _ => strictest;
    }

    private long Latest(Database database, Cutoffs cutoffs, Findings findings)
    {
        using var rows = database.Prepare("SELECT number, latest_ms, latest_expiry FROM datastream WHERE latest_ms IS NOT NULL").Run();
        while (rows.Next())
        {
            findings.Examined++;
            var number = (int)rows.Int64(0);
            if (EventDay.Of(rows.Int64(1)) < cutoffs.FirstDay(number) || rows.Int64(2) < cutoffs.Day)
            {
                findings.Add($"{core.Datastreams.Find(number)?.Key.ToString() ?? $"datastream {number}"}: its latest value has expired. Run the retention again.");
            }
        }

        return findings.Examined;
    }
}
