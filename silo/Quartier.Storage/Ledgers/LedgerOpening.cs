using Quartier.Storage.Cities;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Ledgers;

/// <summary>Opens the ledgers of the registered cities.</summary>
internal static class LedgerOpening
{
    /// <summary>Opens. A ledger that does not hold is among the findings; it does not keep readings from being taken.</summary>
    /// <exception cref="Contracts.Readings.StoreException">The key that signs cannot be used, or others may read it.</exception>
    public static (OpenLedgers Ledgers, Pseudonyms Pseudonyms) Open(StoreCore core, LedgerPlace place)
    {
        var ledgers = new OpenLedgers(place);
        ledgers.LoadKey();
        foreach (var city in Registered(core.City))
        {
            _ = ledgers.Find(city);
        }

        return (ledgers, new Pseudonyms(core.City));
    }

    private static List<string> Registered(CityDatabase city) => city.Read(database =>
    {
        var cities = new List<string>();
        using var rows = database.Prepare("SELECT DISTINCT city FROM registry ORDER BY city").Run();
        while (rows.Next())
        {
            cities.Add(rows.Text(0));
        }

        return cities;
    });
}
