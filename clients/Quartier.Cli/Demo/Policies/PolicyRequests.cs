namespace Quartier.Cli.Demo.Policies;

/// <summary>
/// The fixed list: every kind of principal, every reason for a denial and every obligation, by every way that data leave the city. Its city is
/// deploy/sample-city/musterdorf.yaml, the policies beside it say why each request is answered as it is.
/// </summary>
internal static class PolicyRequests
{
    private const string Bicycles = "sensors/strasse/rad-dorf/total";
    private const string BicyclesSiedlung = "sensors/strasse/rad-siedlung/total";
    private const string Market = "sensors/strasse/laerm-markt/laeq";
    private const string Edge = "sensors/strasse/laerm-rand/laeq";
    private const string House = "sensors/heizwerk/waerme-dorf-1/energy";
    private const string Trial = "sensors/strasse/probe/humidity";

    public static IReadOnlyList<PolicyRequest> All { get; } =
    [
        new("the public reads what is granted to it; its only purpose is implied", Way.Api, "public", null, $"{Bicycles}/latest", "200") { Has = "buergerinformation" },
        new("the same with the purpose stated", Way.Api, "public", "buergerinformation", $"{Bicycles}/readings", "200") { Has = "rad-fuer-alle" },
        new("a permit names the versions of the policy", Way.Api, "public", null, $"{Bicycles}/latest", "200") { Has = "city 1, district 0" },
        new("the public reads aggregates of what it may read raw", Way.Api, "public", null, $"{Bicycles}/aggregates?window=PT1H", "200"),
        new("a district's override holds there: single counts are too fine", Way.Api, "public", null, $"{BicyclesSiedlung}/latest", "403 too-fine"),
        new("… and hours are permitted", Way.Api, "public", null, $"{BicyclesSiedlung}/aggregates?window=PT1H", "200"),
        new("… and so are days, which are coarser", Way.Api, "public", null, $"{BicyclesSiedlung}/aggregates?window=P1D", "200"),
        new("a purpose that nobody has heard of", Way.Api, "public", "werbung", $"{Bicycles}/latest", "403 purpose-unknown"),
        new("a purpose for which it is not collected", Way.Api, "public", "klimaschutz", $"{Bicycles}/latest", "403 purpose-mismatch"),
        new("a purpose that is granted to others", Way.Api, "public", "verkehrsplanung", $"{Bicycles}/latest", "403 no-grant"),
        new("the public and sound levels", Way.Api, "public", "laermminderung", $"{Market}/latest", "403 no-grant"),
        new("the public and one house's heat", Way.Api, "public", "klimaschutz", $"{House}/latest", "403 no-grant"),
        new("what no policy covers is in quarantine, for everybody", Way.Api, "public", null, $"{Trial}/latest", "403 quarantine"),
        new("… for operators too", Way.Api, "otto", "betrieb", $"{Trial}/latest", "403 quarantine"),
        new("a sensor that does not exist", Way.Api, "public", null, "sensors/strasse/gibtsnicht/total/latest", "404"),
        new("a role named in a grant", Way.Api, "otto", "betrieb", $"{Market}/latest", "200") { Has = "leitstelle" },
        new("a person must state the purpose", Way.Api, "otto", null, $"{Market}/latest", "403 purpose-missing"),
        new("a role does not open everything", Way.Api, "otto", "klimaschutz", $"{House}/latest", "403 no-grant"),
        new("a district denies by name what the city grants", Way.Api, "otto", "betrieb", $"{BicyclesSiedlung}/latest", "403 denied-by-policy") { Has = "keine-leitstelle" },
        new("an office within its area", Way.Api, "olga", "laermminderung", $"{Market}/latest", "200") { Has = "laerm-am-markt" },
        new("… and outside of it", Way.Api, "olga", "laermminderung", $"{Edge}/latest", "403 outside-area"),
        new("… quality is left out", Way.Api, "olga", "laermminderung", $"{Market}/readings", "200") { Lacks = "out-of-range" },
        new("… which an operator sees", Way.Api, "otto", "betrieb", $"{Market}/readings", "200") { Has = "out-of-range" },
        new("… the position is left out", Way.Api, "olga", "laermminderung", "sensors/strasse/laerm-markt", "200") { Lacks = "8.005" },
        new("… and an answer holds five rows at most", Way.Api, "olga", "laermminderung", $"{Market}/readings?limit=1000", "200") { Has = "\"next\":\"20" },
        new("a grant that has ended", Way.Api, "mona", "verkehrsplanung", $"{Bicycles}/aggregates?window=P1D", "403 grant-expired"),
        new("a floor of hours: single counts are too fine", Way.Api, "klaus", "verkehrsplanung", $"{Bicycles}/latest", "403 too-fine"),
        new("… quarters of an hour too", Way.Api, "klaus", "verkehrsplanung", $"{Bicycles}/aggregates?window=PT15M", "403 too-fine"),
        new("… hours are permitted", Way.Api, "klaus", "verkehrsplanung", $"{Bicycles}/aggregates?window=PT1H", "200") { Has = "planung" },
        new("a named person reads sensitive data by the day", Way.Api, "clara", "klimaschutz", $"{House}/aggregates?window=P1D", "200") { Has = "waerme-tage" },
        new("… and not by the hour", Way.Api, "clara", "klimaschutz", $"{House}/aggregates?window=PT1H", "403 too-fine"),
        new("… and not for another purpose", Way.Api, "clara", "forschung", $"{House}/aggregates?window=P1D", "403 no-grant"),
        new("a denial beats a grant", Way.Api, "paul", "verkehrsplanung", $"{Bicycles}/latest", "403 denied-by-policy") { Has = "praktikum-endet" },
        new("an administrator's role opens no data", Way.Api, "anna", "betrieb", $"{Market}/latest", "403 no-grant"),
        new("a contract's only purpose is implied; single houses are not granted", Way.Api, "hochschule", null, $"{House}/aggregates?window=P1D", "403 cells-only"),
        new("a contract and a stream that it does not hold", Way.Api, "hochschule", null, $"{Bicycles}/latest", "403 outside-contract"),
        new("a contract and a purpose that it does not hold", Way.Api, "hochschule", "klimaschutz", $"{House}/aggregates?window=P1D", "403 outside-contract"),
        new("a contract that has ended", Way.Api, "radkarte", null, $"{Bicycles}/latest", "403 contract-ended"),
        new("a key that was revoked", Way.Api, "ehemalig", "laermminderung", $"{Market}/latest", "401"),
        new("a key that never was", Way.Api, "erfunden", null, $"{Bicycles}/latest", "401"),
        new("lists withhold what may not be read, and say why", Way.Api, "public", null, "sensors/strasse/laerm-markt", "200") { Has = "\"withheld\":\"", Lacks = "\"value\":5" },
        new("the ledger is for the data-protection officer", Way.Api, "otto", null, "ledger", "403"),
        new("… who sees the denials", Way.Api, "dora", null, "ledger?kind=denial", "200") { Has = "denied-by-policy" },
        new("… in which no person is named", Way.Api, "dora", null, "ledger?kind=denial", "200") { Lacks = "person:paul" },
        new("aggregates over enough houses", Way.Open, "hochschule", null, "streams/waerme/energy/cells?resolution=P1D", "200") { Has = "\"units\":6" },
        new("… for nobody without a grant", Way.Open, "public", "klimaschutz", "streams/waerme/energy/cells?resolution=P1D", "403 no-grant"),
        new("too few people in a cell: withheld, and the reason said", Way.Open, "public", null, "streams/rad/total/cells?resolution=P1D", "200") { Has = "too-few-units" },
        new("cohorts are compared on published cells", Way.Open, "hochschule", null, "streams/waerme/energy/cohorts?first=dorf&second=siedlung&resolution=P1D", "200") { Has = "\"ratio\":" },
        new("an export of what is granted", Way.Export, "public", null, "export?streams=strasse/rad-dorf/total", "200"),
        new("an export that holds one stream too many", Way.Export, "public", null, "export?streams=strasse/rad-dorf/total,strasse/laerm-markt/laeq", "403"),
        new("an export by contract of single houses", Way.Export, "hochschule", null, "export?streams=heizwerk/waerme-dorf-1/energy&window=P1D", "403 cells-only"),
        new("live changes of what is granted", Way.Live, "public", null, "strasse/rad-dorf", "arrives"),
        new("live changes that only operators see", Way.Live, "otto", "betrieb", "strasse/laerm-markt", "arrives"),
        new("… and the public does not", Way.Live, "public", null, "strasse/laerm-markt", "silent"),
        new("a line ends the moment its key does", Way.LiveEnds, "kurz", "betrieb", "strasse/laerm-markt", "ended"),
        new("a subscription to what is granted", Way.Mqtt, "public", null, "strasse/rad-dorf", "arrives"),
        new("a subscription to everything brings nothing that is not granted", Way.Mqtt, "public", null, "strasse/laerm-markt", "silent"),
        new("… nor what is in quarantine", Way.Mqtt, "otto", "betrieb", "strasse/probe", "silent"),
        new("an operator's subscription", Way.Mqtt, "otto", "betrieb", "strasse/laerm-markt", "arrives"),
        new("a message within a grant's rows", Way.Mqtt, "olga", "laermminderung", "strasse/laerm-markt", "arrives"),
        new("… and one with more of them, which cannot be cut", Way.Mqtt, "olga", "laermminderung", "strasse/laerm-markt", "silent") { Rows = 6 },
        new("live topics tell the quality, which an operator sees", Way.Mqtt, "otto", "betrieb", "strasse/laerm-markt", "arrives") { IsLive = true },
        new("… and who may not see it gets none", Way.Mqtt, "olga", "laermminderung", "strasse/laerm-markt", "silent") { IsLive = true },
        new("the ledger says that it was for the rows", Way.Api, "dora", null, "ledger?kind=denial", "200") { Has = "row-limit" },
        new("… and for what the grant leaves out", Way.Api, "dora", null, "ledger?kind=denial", "200") { Has = "redacted" },
        new("a subscription by contract to single houses", Way.Mqtt, "hochschule", null, "heizwerk/waerme-dorf-1", "silent"),
        new("a subscriber with a revoked key", Way.Mqtt, "ehemalig", null, "strasse/rad-dorf", "refused"),
    ];
}
