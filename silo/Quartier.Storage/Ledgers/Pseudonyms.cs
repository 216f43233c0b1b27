using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Ledgers;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Ledgers;

/// <summary>Persons' pseudonyms, with their keys in city.db.</summary>
internal sealed class Pseudonyms(CityDatabase city)
{
    private const string PersonPrefix = "person:";
    private const string PseudonymPrefix = "person#";
    private const int KeyBytes = 32;
    private const int PseudonymBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The entry as it may be written: a person's reference becomes a pseudonym; public, systems and pseudonyms stay.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public LedgerEntry Apply(LedgerEntry entry) =>
        entry.Who.StartsWith(PersonPrefix, StringComparison.Ordinal) ? entry with { Who = Of(entry.Who) } : entry;

    /// <summary>Who a pseudonym stands for; null when nobody can tell.</summary>
    public string? Find(string pseudonym) => city.Read(database =>
    {
        using var row = database.Prepare("SELECT person FROM pseudonym WHERE pseudonym = ?").Bind(1, pseudonym).Run();
        return row.Next() ? row.Text(0) : null;
    });

    /// <summary>Deletes the person's key and name.</summary>
    public void Forget(string person)
    {
        lock (_gate)
        {
            city.Write(database => database.Prepare("DELETE FROM pseudonym WHERE person = ?").Bind(1, person).Execute());
            _known.Remove(person);
        }
    }

    private string Of(string person)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(person, out var known))
            {
                return known;
            }

            var pseudonym = string.Empty;
            city.Write(database => pseudonym = Stored(database, person) ?? Make(database, person));
            if (_known.Count >= LedgerLimits.PseudonymsHeld)
            {
                _known.Clear();
            }

            return _known[person] = pseudonym;
        }
    }

    private static string? Stored(Database database, string person)
    {
        using var row = database.Prepare("SELECT pseudonym FROM pseudonym WHERE person = ?").Bind(1, person).Run();
        return row.Next() ? row.Text(0) : null;
    }

    private static string Make(Database database, string person)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var pseudonym = PseudonymPrefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(person)).AsSpan(0, PseudonymBytes));
        database.Prepare("INSERT INTO pseudonym (person, key, pseudonym) VALUES (?, ?, ?)").Bind(1, person).Bind(2, key).Bind(3, pseudonym).Execute();
        return pseudonym;
    }
}
