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

    private const string Mac = "a MAC address";
    private const string Imei = "a device or subscriber number";
    private const string Plate = "a number plate";
    private const string Phone = "a telephone number";
    private const string Mail = "an e-mail address";
    private const string Person = "a person";
    private const string Vehicle = "a vehicle identification number";
    private const string Account = "a card, account or identity document";

    /// <summary>Words, alone or between separators and humps: <c>wifiMac</c>, <c>mac_1</c>; and two words together: <c>license-plate</c>.</summary>
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mac"] = Mac, ["macaddr"] = Mac, ["macaddress"] = Mac, ["bssid"] = Mac, ["bdaddr"] = Mac, ["bluetoothaddress"] = Mac, ["macadresse"] = Mac,
        ["imei"] = Imei, ["imeisv"] = Imei, ["imsi"] = Imei, ["msisdn"] = Imei, ["meid"] = Imei, ["iccid"] = Imei, ["tmsi"] = Imei, ["idfa"] = Imei,
        ["gaid"] = Imei, ["adid"] = Imei, ["advertisingid"] = Imei, ["deviceid"] = Imei,
        ["plate"] = Plate, ["plates"] = Plate, ["licenseplate"] = Plate, ["licenceplate"] = Plate, ["numberplate"] = Plate, ["platenumber"] = Plate,
        ["kennzeichen"] = Plate, ["kfzkennzeichen"] = Plate, ["nummernschild"] = Plate, ["anpr"] = Plate, ["alpr"] = Plate,
        ["phone"] = Phone, ["phonenumber"] = Phone, ["telephone"] = Phone, ["telefon"] = Phone, ["telefonnummer"] = Phone, ["mobilnummer"] = Phone,
        ["handynummer"] = Phone, ["handy"] = Phone, ["rufnummer"] = Phone, ["mobilenumber"] = Phone,
        ["email"] = Mail, ["emailaddress"] = Mail, ["mailaddress"] = Mail, ["mail"] = Mail,
        ["personid"] = Person, ["userid"] = Person, ["username"] = Person, ["customerid"] = Person, ["passengerid"] = Person, ["kundennummer"] = Person,
        ["firstname"] = Person, ["lastname"] = Person, ["surname"] = Person, ["vorname"] = Person, ["nachname"] = Person, ["birthdate"] = Person,
        ["geburtsdatum"] = Person, ["faceid"] = Person, ["gesichtsid"] = Person,
        ["vin"] = Vehicle, ["fahrgestellnummer"] = Vehicle, ["vehicleid"] = Vehicle,
        ["iban"] = Account, ["cardnumber"] = Account, ["kartennummer"] = Account, ["passportnumber"] = Account, ["ausweisnummer"] = Account,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words so long that they mean the same inside another word: <c>halterkennzeichen2</c>.</summary>
    private static readonly string[] Anywhere = [.. Words.Keys.Where(w => w.Length >= 8)];

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

        var whole = string.Concat(words);
        return Array.Find(Anywhere, w => whole.Contains(w, StringComparison.Ordinal)) is { } inside ? Words[inside] : null;
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
