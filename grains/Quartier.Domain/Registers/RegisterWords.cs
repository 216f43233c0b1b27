using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registers;

/// <summary>The words of registers and records; a single person is never named.</summary>
internal static class RegisterWords
{
    /// <summary>Stands in an id where that of a grant could name a person.</summary>
    public const string NamedPerson = "named-person";

    public static string Kind(string principal) => principal.Split(':', 2)[0];

    private static bool IsPerson(string principal) => string.Equals(Kind(principal), "person", StringComparison.Ordinal);

    /// <summary>Names a grant's principal within a record. The id of a grant to a person could name the person, so it is left out.</summary>
    public static string IdOf(GrantDefinition grant, string principal)
    {
        if (IsPerson(principal))
        {
            return NamedPerson;
        }

        return IsPersonal(grant) ? principal : $"{grant.Id}/{principal}";
    }

    /// <summary>What the grant says of passing on; null when it is a person's, whom the text could name.</summary>
    public static string? OnwardOf(GrantDefinition grant) => IsPersonal(grant) ? null : grant.Onward;

    /// <summary>Who a principal of a grant is, for people.</summary>
    /// <param name="principal">As grants name it.</param>
    /// <param name="offices">Finds an office's name by its id.</param>
    /// <param name="partners">Finds a contract's partner by its id.</param>
    public static BilingualText Who(string principal, Func<string, string> offices, Func<string, string> partners)
    {
        var id = principal.Split(':', 2)[^1];
        return Kind(principal) switch
        {
            "public" => new("die Öffentlichkeit", "the public"),
            "office" => new(offices(id), offices(id)),
            "contract" => new($"Vertragspartner {partners(id)}", $"contract partner {partners(id)}"),
            "role" => new(RoleDe(id), $"the role {id}"),
            _ => new("eine benannte Person", "a named person"),
        };
    }

    public static string De(DataClass dataClass) => dataClass switch
    {
        DataClass.Public => "öffentlich",
        DataClass.Internal => "intern",
        _ => "sensibel",
    };

    public static string De(Resolution resolution) => resolution switch
    {
        Resolution.Raw => "Einzelwerte",
        Resolution.Minute => "Minutenwerte",
        Resolution.Quarter => "Viertelstundenwerte",
        Resolution.Hour => "Stundenwerte",
        Resolution.Day => "Tageswerte",
        Resolution.Week => "Wochenwerte",
        _ => "Monatswerte",
    };

    public static string De(ReadScope scope) => scope == ReadScope.Sensor ? "je Sensor" : "nur zusammengefasst über Zellen";

    public static string Days(int days) => days == 1 ? "1 Tag" : string.Create(CultureInfo.InvariantCulture, $"{days} Tage");

    /// <summary>The day of an instant in UTC; <c>ohne Ende</c> for the end of time.</summary>
    public static string DayDe(long ms) => ms == long.MaxValue ? "ohne Ende" : PolicyWords.Until(ms)[..10];

    /// <summary>An instant to the minute, in UTC.</summary>
    public static string MomentDe(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("dd.MM.yyyy', 'HH:mm' Uhr (UTC)'", CultureInfo.InvariantCulture);

    /// <summary>Which documents are in force, from <see cref="EffectivePolicy.Version"/>; a district without one of its own is not mentioned.</summary>
    public static string VersionDe(string version) => string.Join(
        ", ",
        version.Split(", ").Where(part => !string.Equals(part, "district 0", StringComparison.Ordinal)).Select(part => part
            .Replace("city ", "Stadt Fassung ", StringComparison.Ordinal).Replace("district ", "Stadtteil Fassung ", StringComparison.Ordinal)));

    private static bool IsPersonal(GrantDefinition grant) => grant.Principals.Any(IsPerson);

    private static string RoleDe(string role) => role switch
    {
        "administrator" => "Rolle Administration",
        "operator" => "Rolle Leitstelle",
        "approver" => "Rolle Freigabe von Richtlinien",
        "data-protection-officer" => "Rolle Datenschutzbeauftragte",
        _ => $"Rolle {role}",
    };
}
