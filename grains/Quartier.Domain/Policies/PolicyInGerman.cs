using System.Globalization;
using Quartier.Contracts.Policies;
using Quartier.Domain.Registers;

namespace Quartier.Domain.Policies;

/// <summary>Entries of a policy as German sentences for the officers who answer for it: <see cref="PolicyInheritance.Lines"/> says the same in the words of the files.</summary>
public static class PolicyInGerman
{
    /// <summary>Figures as German readers have them; the program runs without the cultures of the machine.</summary>
    private static readonly NumberFormatInfo German = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>What an entry says; null when the policy has no such entry.</summary>
    /// <param name="policy">The merged policy of a district.</param>
    /// <param name="kind"><c>purpose</c>, <c>stream</c>, <c>grant</c>, <c>denial</c>, <c>contract</c>, <c>zone</c> or <c>publication</c>.</param>
    /// <param name="id">The entry's id.</param>
    public static string? Of(PolicyDefinition policy, string kind, string id)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return kind switch
        {
            "purpose" => policy.Purposes.Where(p => Is(p.Id, id)).Select(Of).FirstOrDefault(),
            "stream" => policy.Streams.Where(s => Is(s.Id, id)).Select(Of).FirstOrDefault(),
            "grant" => policy.Grants.Where(g => Is(g.Id, id)).Select(Of).FirstOrDefault(),
            "denial" => policy.Denials.Where(d => Is(d.Id, id)).Select(Of).FirstOrDefault(),
            "contract" => policy.Contracts.Where(c => Is(c.Id, id)).Select(Of).FirstOrDefault(),
            "zone" => policy.Zones.Where(z => Is(z.Id, id)).Select(PolicyWords.Of).FirstOrDefault(),
            "publication" => Of(policy.Publication ?? PublicationDefinition.Default),
            _ => null,
        };
    }

    private static string Of(PurposeDefinition purpose) =>
        $"{purpose.Name}: {purpose.Question} Rechtsgrundlage: {purpose.LegalBasis}. Zuständig: {purpose.Office}. Zu prüfen bis {Day(purpose.ReviewDay)}.";

    private static string Of(StreamPolicy stream) =>
        $"{string.Join(", ", stream.Match)}: {RegisterWords.De(stream.Class)}{(stream.CountsPeople ? ", zählt Menschen" : "")}. "
        + $"Zwecke: {string.Join(", ", stream.Purposes)}. Aufbewahrt: Einzelwerte {Kept(stream.Retention.RawDays)}, Stundenwerte {Kept(stream.Retention.HourDays)}, "
        + $"Tageswerte {Kept(stream.Retention.DayDays)}. Betreiber: {stream.Operator}. Zuständig: {stream.Office}.";

    private static string Of(GrantDefinition grant) =>
        $"{string.Join(", ", grant.Principals.Select(Who))} → {string.Join(", ", grant.Streams)}, Zweck {grant.Purpose}: {RegisterWords.De(grant.Floor)} oder gröber, "
        + $"{RegisterWords.De(grant.Scope)}{(grant.Area.IsEmpty ? "" : ", nur in einem Teilgebiet")}; {Until(grant.UntilMs)}; höchstens {grant.RowLimit.ToString("N0", German)} Zeilen.";

    private static string Of(DenyDefinition denial) =>
        $"{string.Join(", ", denial.Principals.Select(Who))} ⇸ {(denial.Streams.IsEmpty ? "alle Datenströme" : string.Join(", ", denial.Streams))}, "
        + $"{(denial.Purposes.IsEmpty ? "alle Zwecke" : $"Zweck {string.Join(", ", denial.Purposes)}")}: {denial.Because}";

    private static string Of(ContractDefinition contract) =>
        $"{contract.Partner}: {string.Join(", ", contract.Streams)}; Zweck {string.Join(", ", contract.Purposes)}; {Until(contract.UntilMs)}. Weitergabe: {contract.Onward}";

    private static string Of(PublicationDefinition publication) => string.Create(
        German,
        $"Mindestens {publication.MinimumUnits} Einheiten je Zelle; Veränderung mit Varianz {publication.PerturbationVariance}, höchstens {publication.PerturbationMax}; gerundet auf {publication.RoundTo}; {(publication.GridMetres == 0 ? "nur ganze Stadtteile" : $"Rasterzellen von {publication.GridMetres} m")}.");

    private static string Who(string principal)
    {
        var id = principal.Split(':', 2)[^1];
        return RegisterWords.Kind(principal) switch
        {
            "person" => $"Person {id}",
            "office" => $"Amt {id}",
            "contract" => $"Vertrag {id}",
            _ => RegisterWords.Who(principal, o => o, p => p).De,
        };
    }

    private static string Kept(int days) => days switch
    {
        0 => "gar nicht",
        1 => "1 Tag",
        _ => $"{days.ToString("N0", German)} Tage",
    };

    private static string Until(long ms) => ms == long.MaxValue ? "ohne Ende" : $"bis {Day(PolicyWords.Until(ms)[..10])}";

    /// <summary>A day as <c>30.6.2027</c>; what is no day stays as it is.</summary>
    private static string Day(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("d.M.yyyy", CultureInfo.InvariantCulture)
            : day;

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
