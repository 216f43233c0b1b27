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

        return [latest.ToPlace()];
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
