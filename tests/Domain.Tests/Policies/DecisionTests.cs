using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class DecisionTests
{
    private const long Now = 1_798_761_600_000; // 2027-01-01T00:00:00Z
    private const string Counter = "promenade/promenade";
    private const string CarPark = "parkleitsystem/theater";

    private static readonly PolicyDefinition City = PolicySamples.Read(PolicySamples.City);
    private static readonly CompiledPolicy Policy = Compile(City);

    private static readonly Principal Planner = Person("anna", ["mobilitaet"]);
    private static readonly Principal Partner = new(PrincipalKind.System, "radkarte-key", "", [], [], "radkarte", long.MaxValue);

    [Theory]
    [InlineData("office", "mobility-planning", Counter + "/total", Resolution.Raw, ReadScope.Sensor, "None planning-raw")]
    [InlineData("operator", "mobility-planning", Counter + "/total", Resolution.Raw, ReadScope.Sensor, "None planning-raw")]
    [InlineData("office", "mobility-planning", Counter + "/total", Resolution.Month, ReadScope.Cell, "None planning-raw")]
    [InlineData("office", "public-information", Counter + "/total", Resolution.Hour, ReadScope.Sensor, "None open-hours")]
    [InlineData("public", null, Counter + "/total", Resolution.Hour, ReadScope.Sensor, "None open-hours")]
    [InlineData("public", "public-information", CarPark + "/free", Resolution.Week, ReadScope.Sensor, "None open-hours")]
    [InlineData("contract", null, Counter + "/total", Resolution.Quarter, ReadScope.Cell, "None partner-cells")]
    [InlineData("contract", null, Counter + "/total", Resolution.Hour, ReadScope.Sensor, "None open-hours")]
    [InlineData("ended", "mobility-planning", "x/y/total", Resolution.Raw, ReadScope.Sensor, "CredentialEnded")]
    [InlineData("office", "mobility-planning", "x/y/total", Resolution.Raw, ReadScope.Sensor, "NotRegistered")]
    [InlineData("office", "mobility-planning", Counter + "/none", Resolution.Raw, ReadScope.Sensor, "NotRegistered")]
    [InlineData("none", null, Counter + "/total", Resolution.Hour, ReadScope.Sensor, "ContractEnded")]
    [InlineData("contract", null, CarPark + "/free", Resolution.Hour, ReadScope.Cell, "OutsideContract")]
    [InlineData("contract", "mobility-planning", Counter + "/total", Resolution.Hour, ReadScope.Cell, "OutsideContract")]
    [InlineData("office", null, Counter + "/total", Resolution.Raw, ReadScope.Sensor, "PurposeMissing")]
    [InlineData("office", "advertising", Counter + "/total", Resolution.Raw, ReadScope.Sensor, "PurposeUnknown")]
    [InlineData("office", "mobility-planning", CarPark + "/free", Resolution.Raw, ReadScope.Sensor, "PurposeMismatch")]
    [InlineData("denied", "mobility-planning", Counter + "/total", Resolution.Raw, ReadScope.Sensor, "DeniedByPolicy no-trainee")]
    [InlineData("person", "mobility-planning", Counter + "/total", Resolution.Raw, ReadScope.Sensor, "NoGrant")]
    [InlineData("contract", null, Counter + "/total", Resolution.Quarter, ReadScope.Sensor, "TooFine open-hours")]
    [InlineData("contract", null, Counter + "/total", Resolution.Raw, ReadScope.Cell, "TooFine partner-cells")]
    [InlineData("public", null, Counter + "/total", Resolution.Raw, ReadScope.Sensor, "TooFine open-hours")]
    public void Decision_gives_each_reason_where_it_belongs(
        string who, string? purpose, string stream, Resolution resolution, ReadScope scope, string reasonAndGrant)
    {
        var principal = Principals(who);
        var cut = stream.LastIndexOf('/');
        var request = new ReadRequest(principal, purpose, stream[..cut], stream[(cut + 1)..], resolution, scope);
        var decision = Policy.Decide(request, Now);
        Assert.Equal((reasonAndGrant, "city 3, district 0"), ($"{decision.Reason} {decision.Grant}".TrimEnd(), decision.PolicyVersion));
        Assert.Equal(decision.Reason == DenialReason.None, decision.Obligations is not null);
        AssertSpeaks(decision);
        AssertExplained(Policy, request, decision);
    }

    [Fact]
    public void Decision_without_a_policy_is_quarantine()
    {
        var request = Ask(Planner, "mobility-planning");
        var none = CompiledPolicy.Compile(null, PolicySamples.Registry, "mitte");
        var decision = none.Decide(request, Now);
        Assert.Equal((DenialReason.Quarantine, ""), (decision.Reason, decision.PolicyVersion));
        Assert.Equal(decision, CompiledPolicy.Quarantined(request, Now));
        AssertSpeaks(decision);
        AssertExplained(none, request, decision);
        Assert.Equal(DenialReason.CredentialEnded, CompiledPolicy.Quarantined(Ask(Principals("ended"), null), Now).Reason);
        Assert.Null(none.Stream(Counter, "total"));
    }

    [Fact]
    public void Decision_puts_what_no_entry_matches_in_quarantine()
    {
        var policy = Compile(City with { Streams = [City.Streams[0]] });
        Assert.Equal(DenialReason.Quarantine, policy.Decide(Ask(Planner, "mobility-planning") with { Sensor = CarPark, Property = "free" }, Now).Reason);
        Assert.Null(policy.Stream(CarPark, "free"));
        Assert.Equal("bicycle-counts", policy.Stream(Counter, "total")!.Id);
    }

    [Fact]
    public void Decision_knows_no_sensor_of_another_district() =>
        Assert.Equal(
            DenialReason.NotRegistered,
            CompiledPolicy.Compile(PolicyInheritance.Merge(City, 3, null, 0, "nord"), PolicySamples.Registry, "nord").Decide(Ask(Planner, "mobility-planning"), Now).Reason);

    [Fact]
    public void Decision_ends_with_grant_contract_and_credential()
    {
        var request = Ask(Planner, "mobility-planning");
        var until = City.Grants[0].UntilMs;
        Assert.Equal(until, Policy.Decide(request, until - 1).Obligations!.UntilMs);
        Assert.Equal((DenialReason.GrantExpired, "planning-raw"), (Policy.Decide(request, until).Reason, Policy.Decide(request, until).Grant));

        var brief = request with { Principal = Planner with { UntilMs = Now + 1 } };
        Assert.Equal(Now + 1, Policy.Decide(brief, Now).Obligations!.UntilMs);
        Assert.Equal(DenialReason.CredentialEnded, Policy.Decide(brief, Now + 1).Reason);

        var byContract = new ReadRequest(Partner, null, Counter, "total", Resolution.Hour, ReadScope.Sensor);
        var end = City.Contracts[0].UntilMs;
        Assert.Equal(("open-hours", end), (Policy.Decide(byContract, end - 1).Grant, Policy.Decide(byContract, end - 1).Obligations!.UntilMs));
        Assert.Equal(DenialReason.ContractEnded, Policy.Decide(byContract, end).Reason);
        AssertExplained(Policy, byContract, Policy.Decide(byContract, end), end);
    }

    [Fact]
    public void Decision_carries_what_must_be_kept_to()
    {
        var raw = Policy.Decide(Ask(Planner, "mobility-planning"), Now);
        Assert.Equal(
            new ReadObligations(Resolution.Raw, ReadScope.Sensor, 1, 100_000, Redactions.Quality, City.Grants[0].UntilMs, "Nur innerhalb der Stadtverwaltung."),
            raw.Obligations);
        Assert.Equal("mobility-planning", raw.Purpose);
        Assert.Same(raw, Policy.Decide(Ask(Planner, "mobility-planning"), Now + 1));
        var cells = Policy.Decide(new ReadRequest(Partner, null, Counter, "total", Resolution.Quarter, ReadScope.Cell), Now);
        Assert.Equal((ReadScope.Cell, 5, 10_000), (cells.Obligations!.Scope, cells.Obligations.MinimumUnits, cells.Obligations.RowLimit));
    }

    [Theory]
    [InlineData(7.63, DenialReason.None)]
    [InlineData(7.65, DenialReason.None)]
    [InlineData(7.66, DenialReason.OutsideArea)]
    [InlineData(double.NaN, DenialReason.OutsideArea)]
    public void Decision_holds_a_grant_to_its_area(double longitude, DenialReason expected)
    {
        var registry = PolicySamples.Registry.City;
        Location? at = double.IsNaN(longitude) ? null : new Location(longitude, 51.96);
        var moved = new RegistrySnapshot(registry with { Sensors = [.. registry.Sensors.Select(s => s with { Location = at, Asset = null })] }, 2);
        var policy = CompiledPolicy.Compile(PolicyInheritance.Merge(City, 3, null, 0, "mitte"), moved, "mitte");
        var request = new ReadRequest(Partner, null, Counter, "total", Resolution.Quarter, ReadScope.Cell);
        var decision = policy.Decide(request, Now);

        // Outside the area the grant to everybody comes further: it fails at its floor only.
        Assert.Equal(expected == DenialReason.None ? DenialReason.None : DenialReason.TooFine, decision.Reason);
        var alone = Compile(City with { Grants = [City.Grants[2]] }, moved).Decide(request, Now);
        Assert.Equal((expected, "partner-cells"), (alone.Reason, alone.Grant));
    }

    [Fact]
    public void Decision_says_that_a_grant_is_for_cells_only()
    {
        var policy = Compile(City with { Grants = [City.Grants[2]] });
        var request = new ReadRequest(Partner, null, Counter, "total", Resolution.Day, ReadScope.Sensor);
        Assert.Equal((DenialReason.CellsOnly, "partner-cells"), (policy.Decide(request, Now).Reason, policy.Decide(request, Now).Grant));
        AssertExplained(policy, request, policy.Decide(request, Now));
    }

    [Fact]
    public void Decision_implies_the_only_purpose_of_grants_that_could_apply()
    {
        var second = City.Grants[1] with { Id = "second", Purpose = "mobility-planning", Streams = ["bicycle-counts"] };
        var request = new ReadRequest(Principal.Public, null, Counter, "total", Resolution.Hour, ReadScope.Sensor);
        Assert.Equal("public-information", Policy.Decide(request, Now).Purpose);
        Assert.Equal(DenialReason.PurposeMissing, Compile(City with { Grants = City.Grants.Add(second) }).Decide(request, Now).Reason);
        Assert.Equal("open-hours", Compile(City with { Grants = City.Grants.Add(second with { UntilMs = Now }) }).Decide(request, Now).Grant);
        Assert.Equal(DenialReason.NoGrant, Compile(City with { Grants = [City.Grants[0]] }).Decide(request, Now).Reason);
        Assert.Equal(DenialReason.GrantExpired, Policy.Decide(request, City.Grants[1].UntilMs).Reason);

        var two = City with { Contracts = [City.Contracts[0] with { Purposes = ["public-information", "mobility-planning"] }] };
        var bySystem = request with { Principal = Partner };
        Assert.Equal("open-hours", Compile(two).Decide(bySystem, Now).Grant);
        Assert.Equal(DenialReason.PurposeMissing, Compile(two with { Grants = two.Grants.Add(second) }).Decide(bySystem, Now).Reason);
    }

    [Fact]
    public void Explanation_shows_every_grant_that_names_the_stream()
    {
        var steps = Policy.Explain(new ReadRequest(Planner, "mobility-planning", Counter, "total", Resolution.Raw, ReadScope.Sensor), Now);
        Assert.Equal(
            [
                ("credential", "person:anna", DenialReason.None),
                ("registered", null, DenialReason.None),
                ("stream", "bicycle-counts", DenialReason.None),
                ("purpose", "mobility-planning", DenialReason.None),
                ("collected-for", "mobility-planning", DenialReason.None),
                ("denial", null, DenialReason.None),
                ("grant", "planning-raw", DenialReason.None),
                ("grant", "partner-cells", DenialReason.NoGrant),
                ("grant", "open-hours", DenialReason.NoGrant),
                ("decision", "planning-raw", DenialReason.None),
            ],
            steps.Select(s => (s.Step, s.Subject, s.Reason)));
        Assert.Equal(("Is for others: contract:radkarte.", "Is for another purpose: public-information."), (steps[7].Text.En, steps[8].Text.En));
    }

    private static Principal Principals(string who) => who switch
    {
        "office" => Planner,
        "operator" => Person("otto", []) with { Roles = [Role.Administrator, Role.Operator] },
        "person" => Person("paul", ["elsewhere"]),
        "denied" => Person("praktikum", ["mobilitaet"]),
        "ended" => Planner with { UntilMs = Now },
        "contract" => Partner,
        "none" => Partner with { Contract = null },
        _ => Principal.Public,
    };

    private static Principal Person(string id, ImmutableArray<string> offices) => new(PrincipalKind.Person, id, id, offices, [], null, long.MaxValue);

    private static ReadRequest Ask(Principal principal, string? purpose) => new(principal, purpose, Counter, "total", Resolution.Raw, ReadScope.Sensor);

    private static CompiledPolicy Compile(PolicyDefinition city, RegistrySnapshot? registry = null) =>
        CompiledPolicy.Compile(PolicyInheritance.Merge(city, 3, null, 0, "mitte"), registry ?? PolicySamples.Registry, "mitte");

    /// <summary>Both languages name the version and whatever decided.</summary>
    private static void AssertSpeaks(ReadDecision decision)
    {
        foreach (var text in new[] { decision.Explanation.De, decision.Explanation.En })
        {
            Assert.Contains(decision.PolicyVersion, text, StringComparison.Ordinal);
            Assert.Contains(decision.Grant ?? "", text, StringComparison.Ordinal);
            Assert.EndsWith(".", text, StringComparison.Ordinal);
        }
    }

    internal static void AssertExplained(CompiledPolicy policy, ReadRequest request, ReadDecision decision, long nowMs = Now)
    {
        var steps = policy.Explain(request, nowMs);
        Assert.Equal(("decision", decision.Reason, decision.Grant), (steps[^1].Step, steps[^1].Reason, steps[^1].Subject));
        Assert.Equal(decision.Explanation, steps[^1].Text);
        if (decision.Permitted)
        {
            Assert.Contains(steps, s => s.Step is "grant" && s.Passed && s.Subject == decision.Grant);
            Assert.All(steps.Where(s => s.Step is not "grant"), s => Assert.True(s.Passed));
        }
        else
        {
            Assert.DoesNotContain(steps, s => s.Step is "grant" && s.Passed);
            Assert.True(decision.Reason is DenialReason.NoGrant || steps.Any(s => s.Step is not "decision" && s.Reason == decision.Reason), string.Join('\n', steps));
        }
    }
}
