using System.Collections.Frozen;
using System.Text;

namespace Quartier.Domain.Payloads;

/// <summary>
/// Names that say of themselves that their values identify a person or a device that a person carries. One list for payloads, the registry and
/// policies: a person-level stream cannot be declared, and a field that carries one is refused.
/// </summary>
internal static class IdentifyingNames
{
    /// <summary>Longest name that is looked at; a longer one is no name of a property.</summary>
    public const int MaxLength = 256;

    /// <summary>Words, alone or between separators and humps: <c>wifiMac</c>, <c>mac_1</c>; and two words together: <c>license-plate</c>.</summary>
    private static readonly FrozenDictionary<string, string> Words = new (string What, string Names)[]
    {
        ("a MAC address", "mac macaddr macaddress bssid bdaddr bluetoothaddress macadresse"),
        ("a device or subscriber number", "imei imeisv imsi msisdn meid iccid tmsi idfa gaid adid advertisingid"),
        (
            "a number plate",
            "plate plates licenseplate licenceplate numberplate platenumber kennzeichen kfzkennzeichen "
            + "nummernschild anpr alpr"),
        (
            "a telephone number",
            "phone phonenumber telephone telefon telefonnummer mobilnummer handynummer handy rufnummer "
            + "mobilenumber"),
        ("an e-mail address", "email emailaddress mailaddress mail"),
        (
            "a person",
            "personid userid username customerid passengerid kundennummer firstname lastname surname "
            + "vorname nachname birthdate geburtsdatum faceid gesichtsid"),
        ("a vehicle identification number", "vin fahrgestellnummer vehicleid"),
        ("a card, account or identity document", "iban cardnumber kartennummer passportnumber ausweisnummer"),
    }.SelectMany(g => g.Names.Split(' ').Select(n => KeyValuePair.Create(n, g.What))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words so long that they mean the same inside a compound: <c>halterkennzeichen2</c>. Not those in "id": a vehicle may idle.</summary>
    private static readonly string[] Compounded = [.. Words.Keys.Where(w => w.Length >= 8 && !w.EndsWith("id", StringComparison.Ordinal))];

    /// <summary>What the name says its values identify; null when it says nothing of the kind.</summary>
    public static string? Find(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        var words = Split(name);
        for (var i = 0; i < words.Count; i++)
        {
            if (Words.TryGetValue(words[i], out var what) || (i > 0 && Words.TryGetValue(words[i - 1] + words[i], out what)))
            {
                return what;
            }
        }

        return Array.Find(Compounded, w => words.Exists(word => word.Contains(w, StringComparison.Ordinal))) is { } inside ? Words[inside] : null;
    }

    /// <summary>Why a datastream or pattern of that name is refused.</summary>
    public static string Refusal(string name, string what) =>
        $"'{name}' says that its values identify {what}: streams about single persons cannot be declared. Count or summarise at the sensor, or choose another name";

    /// <summary>Words in lower case, parted at everything that is no letter and where a hump begins; digits are left out.</summary>
    private static List<string> Split(ReadOnlySpan<char> name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var isHump = char.IsUpper(name[i]) && i > 0
                && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if ((isHump || !char.IsLetter(name[i])) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetter(name[i]))
            {
                word.Append(char.ToLowerInvariant(name[i]));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
