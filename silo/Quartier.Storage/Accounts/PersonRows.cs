using System.Globalization;
using Quartier.Contracts.Principals;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Accounts;

/// <summary>Persons as rows of city.db.</summary>
internal static class PersonRows
{
    private const string Columns = "SELECT id, name, offices, roles, city, issuer, subject, email, enabled FROM person";

    // Ids have no spaces, and a role is written as its number, which the contract fixes.
    private const char Separator = ' ';

    /// <summary>All, in order of their ids.</summary>
    public static List<Person> List(Database database)
    {
        var persons = new List<Person>();
        using var rows = database.Prepare($"{Columns} ORDER BY id").Run();
        while (rows.Next())
        {
            persons.Add(Decode(rows));
        }

        return persons;
    }

    /// <summary>The one with the id, or null.</summary>
    public static Person? Find(Database database, string id) => One(database.Prepare($"{Columns} WHERE id = ?").Bind(1, id));

    /// <summary>The one who is linked to the subject, or null.</summary>
    public static Person? BySubject(Database database, string issuer, string subject) =>
        One(database.Prepare($"{Columns} WHERE issuer = ? AND subject = ?").Bind(1, issuer).Bind(2, subject));

    /// <summary>The one with the address, or null.</summary>
    public static Person? ByEmail(Database database, string email) => One(database.Prepare($"{Columns} WHERE email = ?").Bind(1, email));

    /// <summary>Checks what must be unique, then writes; <paramref name="isNew"/> tells adding from replacing.</summary>
    public static AccountOutcome Write(Database database, Person person, bool isNew)
    {
        var stored = Find(database, person.Id);
        if (stored is not null == isNew)
        {
            return isNew ? AccountOutcome.Exists : AccountOutcome.Unknown;
        }

        if (isNew && database.Scalar("SELECT count(*) FROM person") >= AccountLimits.PersonsMax)
        {
            return AccountOutcome.Full;
        }

        if (person is { Issuer: { } issuer, Subject: { } subject } && BySubject(database, issuer, subject) is { } linked && linked.Id != person.Id)
        {
            return AccountOutcome.SubjectTaken;
        }

        if (person.Email is { } email && ByEmail(database, email) is { } other && other.Id != person.Id)
        {
            return AccountOutcome.EmailTaken;
        }

        Replace(database, person);
        return AccountOutcome.Done;
    }

    private static void Replace(Database database, Person person)
    {
        var statement = database.Prepare(
            "INSERT OR REPLACE INTO person (id, name, offices, roles, city, issuer, subject, email, enabled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, person.Id)
            .Bind(2, person.Name)
            .Bind(3, string.Join(Separator, person.Offices))
            .Bind(4, string.Join(Separator, person.Roles.Select(r => ((int)r).ToString(CultureInfo.InvariantCulture))))
            .Bind(9, person.Enabled ? 1 : 0);
        statement.BindOrNull(5, person.City).BindOrNull(6, person.Issuer).BindOrNull(7, person.Subject).BindOrNull(8, person.Email).Execute();
    }

    private static Person? One(Statement statement)
    {
        using var row = statement.Run();
        return row.Next() ? Decode(row) : null;
    }

    private static Person Decode(in Rows row) => new(
        row.Text(0),
        row.Text(1),
        [.. Words(row.Text(2))],
        [.. Words(row.Text(3)).Select(r => (Role)byte.Parse(r, CultureInfo.InvariantCulture))],
        row.TextOrNull(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.TextOrNull(7),
        row.Int64(8) != 0);

    private static string[] Words(string text) => text.Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
