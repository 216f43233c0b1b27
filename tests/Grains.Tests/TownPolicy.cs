namespace Grains.Tests;

/// <summary>Policies for the town.</summary>
internal static class TownPolicy
{
    /// <summary>Everything is collected and kept as long as the registry says; the public and the control room read all of it.</summary>
    public static string Open { get; } = City(Stream("all", "*/*/*", "public"), Grant("public", "all") + Grant("role:operator", "all", "operation"));

    public static string City(string streams, string grants = "", string more = "") => $"policy: 1\ncity: town\n{Body(streams, grants, more)}";

    public static string District(string district, string streams = "", string grants = "", string more = "") =>
        $"policy: 1\ncity: town\ndistrict: {district}\n{Lists(streams, grants)}{more}";

    public static string Stream(string id, string match, string dataClass = "public", string raw = "P100Y", bool overrides = false) =>
        $$"""
          - id: {{id}}
            match: ["{{match}}"]
            class: {{dataClass}}
            purposes: [info, operation]
            operator: Town
            office: office
            answers: {collected: Counts., use: They are shown., access: Everybody., passedOn: "No."}
            retention: {raw: {{raw}}}
            override: {{(overrides ? "true" : "false")}}

        """;

    public static string Grant(string principal, string streams, string purpose = "info", string until = "2100-01-01", string floor = "raw", string id = "") =>
        $"  - {{id: {(id.Length > 0 ? id : principal.Replace(':', '-') + "-" + purpose)}, principals: [\"{principal}\"], streams: [{streams}], purpose: {purpose}, "
        + $"floor: {floor}, scope: sensor, until: {until}, onward: freely}}\n";

    public static string Zone(string id, double west, double south, double east, double north) => FormattableString.Invariant(
        $"noSensing:\n  - {{id: {id}, name: Shelter, because: People seek protection here, outline: [[{west}, {south}], [{east}, {south}], [{east}, {north}], [{west}, {south}]]}}\n");

    private static string Body(string streams, string grants, string more) =>
        """
        purposes:
          - {id: info, name: Information, legalBasis: § 16a EGovG NRW, office: office, question: How is it?, reviewDay: 2027-06-30}
          - {id: operation, name: Operation, legalBasis: § 3 DSG NRW, office: office, question: Does it work?, reviewDay: 2027-06-30}

        """ + Lists(streams, grants) + more;

    private static string Lists(string streams, string grants) =>
        (streams.Length > 0 ? $"streams:\n{streams}" : "") + (grants.Length > 0 ? $"grants:\n{grants}" : "");
}
