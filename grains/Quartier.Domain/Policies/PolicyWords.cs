using System.Collections.Frozen;
using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Time;

namespace Quartier.Domain.Policies;

/// <summary>The words of policy files, and entries of a policy in one line.</summary>
internal static class PolicyWords
{
    public static readonly FrozenDictionary<string, Role> Roles = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        ["administrator"] = Role.Administrator,
        ["operator"] = Role.Operator,
        ["approver"] = Role.Approver,
        ["data-protection-officer"] = Role.DataProtectionOfficer,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(Resolution resolution) => resolution switch
    {
        Resolution.Raw => "raw",
        Resolution.Minute => "minute",
        Resolution.Quarter => "quarter",
        Resolution.Hour => "hour",
        Resolution.Day => "day",
        Resolution.Week => "week",
        _ => "month",
    };

    public static string Of(ReadScope scope) => scope == ReadScope.Sensor ? "sensor" : "cell";

    public static string Of(DataClass dataClass) => dataClass switch
    {
        DataClass.Public => "public",
        DataClass.Internal => "internal",
        _ => "sensitive",
    };

    /// <summary>An instant as <c>2027-12-31T23:00:00Z</c>; <c>never</c> for the end of time.</summary>
    public static string Until(long ms) => ms == long.MaxValue ? "never" : IsoTime.Format(ms).Replace(".000Z", "Z", StringComparison.Ordinal);

    public static string Of(PurposeDefinition purpose) =>
        $"{purpose.Name}; {purpose.LegalBasis}; office {purpose.Office}; review {purpose.ReviewDay}; {purpose.Question}";

    public static string Of(StreamPolicy stream) =>
        $"{string.Join(", ", stream.Match)}; {Of(stream.Class)}; for {string.Join(", ", stream.Purposes)}; kept {Of(stream.Retention)}; "
        + $"operator {stream.Operator}; office {stream.Office}{(stream.CountsPeople ? "; counts people" : "")}";

    public static string Of(RetentionDefinition retention) => string.Create(
        CultureInfo.InvariantCulture, $"raw P{retention.RawDays}D, hour {Kept(retention.HourDays)}, day {Kept(retention.DayDays)}");

    public static string Of(GrantDefinition grant) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", grant.Principals)} → {string.Join(", ", grant.Streams)} for {grant.Purpose}; floor {Of(grant.Floor)}, {Of(grant.Scope)}{(grant.Area.IsEmpty ? "" : ", within an area")}; until {Until(grant.UntilMs)}; at most {grant.RowLimit} rows");

    public static string Of(DenyDefinition denial) =>
        $"{string.Join(", ", denial.Principals)} ⇸ {(denial.Streams.IsEmpty ? "all streams" : string.Join(", ", denial.Streams))} for "
        + $"{(denial.Purposes.IsEmpty ? "all purposes" : string.Join(", ", denial.Purposes))}: {denial.Because}";

    public static string Of(ContractDefinition contract) =>
        $"{contract.Partner}; {string.Join(", ", contract.Streams)} for {string.Join(", ", contract.Purposes)}; until {Until(contract.UntilMs)}; {contract.Onward}";

    public static string Of(NoSensingZone zone) => $"{zone.Name}: {zone.Because}";

    public static string Of(PublicationDefinition publication) => string.Create(
        CultureInfo.InvariantCulture,
        $"at least {publication.MinimumUnits} units, noise of variance {publication.PerturbationVariance} and at most {publication.PerturbationMax}, rounded to {publication.RoundTo}, grid {publication.GridMetres} m");

    private static string Kept(int days) => days == 0 ? "not kept" : string.Create(CultureInfo.InvariantCulture, $"P{days}D");
}
