using System.Globalization;
using Quartier.Contracts.Readings;
using Quartier.Storage.Databases;
using Quartier.Storage.Readings;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Cities;

/// <summary>Names, retentions and sealed latest readings of datastreams in city.db.</summary>
internal static class DatastreamCatalogue
{
    /// <summary>Fills the table from the database.</summary>
    public static void Load(Database database, DatastreamTable table)
    {
        using var rows = database.Prepare(
            "SELECT number, sensor_key, property, retention_days, latest_ms, latest_value, latest_quality, latest_expiry, hour_days, day_days, annotated_expiry, corrected_expiry, corrected_last FROM datastream ORDER BY number").Run();
        while (rows.Next())
        {
            var stream = table.Restore((int)rows.Int64(0), new DatastreamKey(rows.Text(1), rows.Text(2)));
            if (stream is null)
            {
                continue;
            }

            foreach (var days in Numbers(rows.Text(3)))
            {
                stream.SetRetention(days);
            }

            stream.SetRollUps(new RollUpRetentions(Numbers(rows.Text(8)), Numbers(rows.Text(9))));

            stream.NoteAnnotated((int)rows.Int64(10));
            stream.NoteCorrected(new((int)rows.Int64(11), rows.Int64(12)));
            if (!rows.IsNull(4))
            {
                stream.NoteSealed(new Reading(rows.Int64(4), rows.Double(5), (Quality)rows.Int64(6)), (int)rows.Int64(7));
            }
        }
    }

    /// <summary>Stores one row.</summary>
    public static void Save(Database database, in CatalogueRow row)
    {
        var statement = database.Prepare(
            """
            INSERT INTO datastream (number, sensor_key, property, retention_days, latest_ms, latest_value, latest_quality, latest_expiry, hour_days, day_days, annotated_expiry, corrected_expiry, corrected_last)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET retention_days = excluded.retention_days, latest_ms = excluded.latest_ms,
              latest_value = excluded.latest_value, latest_quality = excluded.latest_quality, latest_expiry = excluded.latest_expiry,
              hour_days = excluded.hour_days, day_days = excluded.day_days, annotated_expiry = excluded.annotated_expiry,
              corrected_expiry = excluded.corrected_expiry, corrected_last = excluded.corrected_last
            """)
            .Bind(1, row.Number).Bind(2, row.Key.SensorKey).Bind(3, row.Key.Property).Bind(4, string.Join(',', row.Retentions))
            .Bind(9, string.Join(',', row.RollUps.Hours)).Bind(10, string.Join(',', row.RollUps.Days)).Bind(11, row.AnnotatedExpiryDay)
            .Bind(12, row.Corrected.ExpiryDay).Bind(13, row.Corrected.LastMs);
        if (row.Latest is { } latest)
        {
            statement.Bind(5, latest.TimeMs).Bind(6, latest.Value).Bind(7, (long)latest.Quality).Bind(8, row.LatestExpiryDay);
        }
        else
        {
            statement.BindNull(5).BindNull(6).BindNull(7).BindNull(8);
        }

        statement.Execute();
    }

    private static int[] Numbers(string text) =>
        text.Length == 0 ? [] : Array.ConvertAll(text.Split(','), number => int.Parse(number, CultureInfo.InvariantCulture));
}
