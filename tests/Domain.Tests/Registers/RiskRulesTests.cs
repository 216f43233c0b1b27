using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registers;

namespace Domain.Tests.Registers;

/// <summary>Each rule fires on what it is for, and not on what comes closest to it without being it.</summary>
public sealed class RiskRulesTests
{
    public static TheoryData<string, string, string?> Cases => new()
    {
        // change                    rule                          subject, or null when it must not fire
        { "nothing",                 "",                           null },
        { "sensitive-sensor",        "sensitive-per-sensor",       "counts/grant/office:office" },
        { "sensitive-by-registry",   "sensitive-per-sensor",       "counts/grant/office:office" },
        { "sensitive-cell",          "sensitive-per-sensor",       null },
        { "internal-sensor",         "sensitive-per-sensor",       null },
        { "sensitive-ended",         "sensitive-per-sensor",       null },
        { "sensitive-denied",        "sensitive-per-sensor",       null },
        { "public-raw-counts",       "public-raw-counts",          "counts/grant/public" },
        { "public-raw-no-counts",    "public-raw-counts",          null },
        { "public-minute-counts",    "public-raw-counts",          null },
        { "office-raw-counts",       "public-raw-counts",          null },
        { "public-minute-counts",    "counts-without-cells",       "counts/grant/public" },
        { "contract-counts",         "counts-without-cells",       "counts/grant/contract:partner" },
        { "public-cell-counts",      "counts-without-cells",       null },
        { "office-raw-counts",       "counts-without-cells",       null },
        { "raw-366-days",            "raw-over-a-year",            "counts" },
        { "raw-365-days",            "raw-over-a-year",            null },
        { "raw-366-asked-90",        "raw-over-a-year",            null },
        { "onward-allowed",          "onward-transfer",            "counts/grant/office:office" },
        { "onward-inside",           "onward-transfer",            null },
        { "onward-person",           "onward-transfer",            "counts/named-person" },
        { "contract-onward",         "onward-transfer",            "contract/partner" },
        { "contract-long",           "contract-without-end-soon",  "partner" },
        { "contract-two-years",      "contract-without-end-soon",  null },
        { "contract-ended",          "onward-transfer",            null },
        { "review-yesterday",        "review-passed",              "planning" },
        { "review-today",            "review-passed",              null },
        { "groups-of-4",             "small-groups",               "publication" },
        { "groups-of-5",             "small-groups",               null },
        { "quarantine",              "quarantine",                 "streams" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_fires_where_it_must_and_nowhere_else(string change, string rule, string? subject)
    {
        var (policy, registry) = Changed(change);
        var risks = RecordWriter.Impact(RegisterSamples.Basis(policy, registry)).Risks;
        if (rule.Length == 0)
        {
            Assert.Empty(risks);
            return;
        }

        Assert.Equal(subject is null ? [] : [$"{rule}/{subject}"], risks.Where(r => r.Rule == rule).Select(r => r.Id));
        Assert.All(risks, r => Assert.StartsWith("OFFEN: ", r.Open, StringComparison.Ordinal));
        Assert.All(risks, r => Assert.NotEmpty(r.Measures));
        Assert.All(risks.Where(r => r.Rule != "quarantine"), r => Assert.Equal(["mitte", "nord"], r.Districts));
    }

    [Theory]
    [InlineData("Frei, mit Namensnennung.", true)]
    [InlineData("Nach Vertrag.", true)]
    [InlineData("Nur als Karte.", true)]
    [InlineData("Nur innerhalb der Stadtverwaltung.", false)]
    [InlineData("Keine.", false)]
    [InlineData("  nein", false)]
    [InlineData("No onward transfer.", false)]
    [InlineData("Notable partners may.", true)]
    public void Onward_texts_allow_unless_they_begin_by_forbidding(string text, bool allows) => Assert.Equal(allows, RiskRules.AllowsOnward(text));

    [Fact]
    public void What_differs_between_districts_is_found_in_each()
    {
        var nord = RegisterSamples.Policy with
        {
            District = "nord",
            Contracts = [],
            Purposes = [],
            Grants = [],
            Streams = [RegisterSamples.Stream with { Retention = new(500, 0, 0), Override = true }],
        };
        var city = RegisterSamples.Policy with { Streams = [RegisterSamples.Stream with { Retention = new(400, 0, 0) }] };
        var registry = RegisterSamples.With(RegisterSamples.Sensor("s", "mitte"), RegisterSamples.Sensor("n", "nord"));
        var risks = RecordWriter.Impact(RegisterSamples.Basis(city, registry, nord)).Risks;
        Assert.Equal([("raw-over-a-year/counts", "mitte"), ("raw-over-a-year/counts@nord", "nord")], risks.Select(r => (r.Id, r.Districts.Single())));
    }

    private static (PolicyDefinition Policy, RegistrySnapshot? Registry) Changed(string change)
    {
        var policy = RegisterSamples.Policy;
        var (stream, grant, contract) = (RegisterSamples.Stream, RegisterSamples.Grant, RegisterSamples.Contract);
        var sensitive = stream with { Class = DataClass.Sensitive };
        var counts = stream with { CountsPeople = true };
        var perSensor = grant with { Scope = ReadScope.Sensor };
        var open = perSensor with { Principals = ["public"], Floor = Resolution.Raw };
        return change switch
        {
            "sensitive-sensor" => (With(sensitive, perSensor), null),
            "sensitive-by-registry" => (With(stream, perSensor), Registered(d => d with { Class = DataClass.Sensitive })),
            "sensitive-cell" => (With(sensitive, grant), null),
            "internal-sensor" => (With(stream, perSensor), null),
            "sensitive-ended" => (With(sensitive, perSensor with { UntilMs = RegisterSamples.Now }), null),
            "sensitive-denied" => (With(sensitive, perSensor) with { Denials = [new("d", ["office:office"], [], [], "Nein")] }, null),
            "public-raw-counts" => (With(counts, open), null),
            "public-raw-no-counts" => (With(stream, open), null),
            "public-minute-counts" => (With(counts, open with { Floor = Resolution.Minute }), null),
            "public-cell-counts" => (With(counts, open with { Scope = ReadScope.Cell }), null),
            "office-raw-counts" => (With(counts, perSensor with { Floor = Resolution.Raw }), null),
            "contract-counts" => (With(counts, perSensor with { Principals = ["contract:partner"] }), null),
            "raw-366-days" => (With(stream with { Retention = new(366, 0, 0) }, grant), null),
            "raw-365-days" => (With(stream with { Retention = new(365, 0, 0) }, grant), null),
            "raw-366-asked-90" => (With(stream with { Retention = new(366, 0, 0) }, grant), Registered(d => d with { RetentionDays = 90 }, bothDistricts: true)),
            "onward-allowed" => (With(stream, grant with { Onward = "Frei." }), null),
            "onward-inside" => (With(stream, grant with { Onward = "Nur innerhalb der Stadt." }), null),
            "onward-person" => (With(stream, grant with { Principals = ["person:anna"], Onward = "Frei." }), null),
            "contract-onward" => (policy with { Contracts = [contract with { Onward = "Als Karte." }] }, null),
            "contract-long" => (policy with { Contracts = [contract with { UntilMs = RegisterSamples.Now + (733 * Definitions.Day) }] }, null),
            "contract-two-years" => (policy with { Contracts = [contract with { UntilMs = RegisterSamples.Now + (732 * Definitions.Day) }] }, null),
            "contract-ended" => (policy with { Contracts = [contract with { UntilMs = RegisterSamples.Now, Onward = "Frei." }] }, null),
            "review-yesterday" => (policy with { Purposes = [policy.Purposes[0] with { ReviewDay = "2026-06-30" }] }, null),
            "review-today" => (policy with { Purposes = [policy.Purposes[0] with { ReviewDay = "2026-07-01" }] }, null),
            "groups-of-4" => (policy with { Publication = PublicationDefinition.Default with { MinimumUnits = 4 } }, null),
            "groups-of-5" => (policy with { Publication = PublicationDefinition.Default }, null),
            "quarantine" => (policy with { Streams = [stream with { Match = ["x/*/*"] }] }, null),
            _ => (policy, null),
        };

        PolicyDefinition With(StreamPolicy s, GrantDefinition g) => policy with { Streams = [s], Grants = [g] };
    }

    private static RegistrySnapshot Registered(Func<DatastreamDefinition, DatastreamDefinition> change, bool bothDistricts = true)
    {
        string[] districts = bothDistricts ? ["mitte", "nord"] : ["mitte"];
        return RegisterSamples.With([.. districts.Select(d => RegisterSamples.Sensor("s-" + d, d)).Select(s => s with { Datastreams = [.. s.Datastreams.Select(change)] })]);
    }
}
