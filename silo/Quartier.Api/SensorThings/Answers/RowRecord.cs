using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>Enters into the ledger how many rows of each datastream an answer holds.</summary>
internal static class RowRecord
{
    public static void Note(ObservationAccess access, ObservationPage page)
    {
        foreach (var rows in page.Rows.GroupBy(r => r.Source))
        {
            access.Of(page.Sources[rows.Key].Source).Record(rows.LongCount());
        }
    }
}
