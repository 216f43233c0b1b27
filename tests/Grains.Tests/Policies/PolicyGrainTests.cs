using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Grains.Policies;

namespace Grains.Tests.Policies;

/// <summary>A city's policies from proposal to force.</summary>
public sealed class PolicyGrainTests
{
    private const string Anna = "person:anna";
    private const string Bert = "person:bert";

    private static readonly string Narrow = TownPolicy.City(TownPolicy.Stream("all", "*/*/*", raw: "P7D"), TownPolicy.Grant("public", "all"));

    [Fact]
    public void A_policy_is_in_force_after_a_second_person_has_approved_it_and_each_step_is_recorded_before()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        var inForceAtEntry = new List<bool>();
        host.Ledger.Appending = _ => inForceAtEntry.Add(host.InForce.Find("town")?.Districts.Count > 0);
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
        var proposed = Propose(host, TownPolicy.Open);
        Assert.Equal((PolicyOutcome.Done, 1L, PolicyStanding.Proposed), (proposed.Outcome, proposed.Version!.Version, proposed.Version.Standing));
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
        var approved = Approve(host, 1);
        Assert.Equal((PolicyOutcome.Done, PolicyStanding.InForce), (approved.Outcome, approved.Version!.Standing));
        Assert.Equal((DenialReason.None, "city 1, district 0"), (Reads(host).Reason, Reads(host).PolicyVersion));
        Assert.Equal([Anna, Bert, "system:clock"], host.Ledger.Entries.Select(e => e.Who));
        Assert.Equal(["proposed", "approved", "in"], host.Ledger.Entries.Select(e => e.Detail!.Split(' ')[0]));
        Assert.All(host.Ledger.Entries, e => Assert.EndsWith($"sha256 {approved.Version.Digest}", e.Detail, StringComparison.Ordinal));
        Assert.Equal([false, false, false], inForceAtEntry);
    }

    [Theory]
    [InlineData(Anna)]
    [InlineData("person:Anna")]
    [InlineData("system:key-of-anna")]
    [InlineData("public")]
    public void Nobody_approves_the_own_proposal_and_no_program_does(string by)
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        Propose(host, TownPolicy.Open);
        var refused = Approve(host, 1, by);
        Assert.Equal(PolicyOutcome.SamePerson, refused.Outcome);
        Assert.Contains(Anna, refused.Detail, StringComparison.Ordinal);
        Assert.Single(host.Ledger.Entries);
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("restarts")]
    [InlineData("crashes")]
    public void A_version_takes_effect_at_its_time_whatever_happens_until_then(string meanwhile)
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        Propose(host, TownPolicy.Open, Town.At(90));
        Assert.Equal(PolicyStanding.Scheduled, Approve(host, 1).Version!.Standing);
        host.Advance(TimeSpan.FromMinutes(30));
        if (meanwhile != "runs")
        {
            Again(host, meanwhile == "crashes");
        }

        host.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
        host.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DenialReason.None, Reads(host).Reason);
        Assert.Equal(3, host.Ledger.Entries.Count);
        Assert.Equal(Town.At(90), host.Ledger.Entries[^1].TimeMs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_came_into_force_while_the_program_was_down_holds_at_its_start_and_is_recorded_once(bool crash)
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        Propose(host, TownPolicy.Open, Town.At(90));
        Approve(host, 1);
        Again(host, crash, TimeSpan.FromHours(3));
        Assert.Equal(DenialReason.None, Reads(host).Reason);
        Assert.Equal(3, host.Ledger.Entries.Count);
        Again(host, crash);
        Assert.Equal(3, host.Ledger.Entries.Count);
        Assert.Equal(PolicyStanding.InForce, Assert.Single(Versions(host)).Standing);
    }

    [Fact]
    public void A_sensor_stores_for_a_day_in_quarantine_and_on_the_terms_of_the_policy_afterwards()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        host.Ingest(Town.Sample(0, 1));
        Assert.Equal(1, Days(host));
        PutInForce(host, TownPolicy.Open);
        Assert.Equal(30, Days(host));
        PutInForce(host, Narrow);
        Assert.Equal(7, Days(host));
        host.Restart();
        Assert.Equal(7, Days(host));
        PutInForce(host, TownPolicy.City(TownPolicy.Stream("other", "*/*/w")));
        Assert.Equal(1, Days(host));
        Assert.Equal(1, host.Ingest(Town.Sample(1, 1)).Stored);
        Assert.Equal(2, host.Books().Stored);
    }

    [Fact]
    public void A_sensor_that_could_not_take_up_its_terms_is_told_again()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t")));
        host.Ingest(Town.Sample(0, 1));
        host.Ingest("g/t", Town.Sample(0, 1));
        Propose(host, Narrow);
        host.Ledger.Appending = e => host.States.FailNext = e.Who == "system:clock" ? 2 : 0;
        Assert.Equal(PolicyOutcome.Done, Approve(host, 2).Outcome);
        host.Ledger.Appending = null;
        Assert.NotEqual((7, 7), (Days(host), Days(host, "g/t")));
        host.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((7, 7), (Days(host), Days(host, "g/t")));
    }

    [Fact]
    public void Nothing_happens_that_the_ledger_or_the_store_does_not_take()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        host.Ledger.FailNext = 1;
        Assert.Throws<StoreException>(() => Propose(host, TownPolicy.Open));
        host.Policies.FailNext = 1;
        Assert.Throws<StoreException>(() => Propose(host, TownPolicy.Open));
        Assert.Empty(Versions(host));
        Propose(host, TownPolicy.Open);
        host.Ledger.FailNext = 1;
        Assert.Throws<StoreException>(() => Approve(host, 1));
        Assert.Equal(PolicyStanding.Proposed, Assert.Single(Versions(host)).Standing);
        host.Ledger.Appending = _ => host.Ledger.FailNext = 2;
        Assert.Equal(PolicyStanding.Scheduled, Approve(host, 1).Version!.Standing);
        host.Ledger.Appending = null;
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
        host.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(DenialReason.Quarantine, Reads(host).Reason);
        host.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(DenialReason.None, Reads(host).Reason);
    }

    [Fact]
    public void The_later_time_counts_and_of_one_time_the_later_approval_unless_it_is_older_text()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        Propose(host, TownPolicy.Open);
        Propose(host, Narrow);
        Approve(host, 2);
        Assert.Equal("city 2, district 0", Reads(host).PolicyVersion);
        Approve(host, 1);
        host.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("city 1, district 0", Reads(host).PolicyVersion);
        Assert.Equal([PolicyStanding.Superseded, PolicyStanding.InForce], Versions(host).Select(v => v.Standing));
        Assert.Equal(PolicyOutcome.Unchanged, Propose(host, TownPolicy.Open).Outcome);
        Assert.Equal(3, Propose(host, Narrow).Version!.Version);
        Assert.Equal(PolicyOutcome.Unchanged, Propose(host, Narrow).Outcome);
    }

    [Fact]
    public void A_proposal_is_decided_once()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        Propose(host, Narrow);
        Assert.Equal(PolicyOutcome.UnknownVersion, Withdraw(host, 3).Outcome);
        Assert.Equal(PolicyOutcome.UnknownVersion, Approve(host, 2, district: "mitte").Outcome);
        Assert.Equal(PolicyStanding.Withdrawn, Withdraw(host, 2, Bert).Version!.Standing);
        Assert.StartsWith("rejected", host.Ledger.Entries[^1].Detail, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Decided, Approve(host, 2).Outcome);
        Assert.Equal(PolicyOutcome.Decided, Withdraw(host, 2).Outcome);
        Assert.Equal(PolicyOutcome.Decided, Withdraw(host, 1).Outcome);
        Assert.Equal("city 1, district 0", Reads(host).PolicyVersion);
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("restarts")]
    [InlineData("crashes")]
    public void An_approved_version_is_withdrawn_by_one_person_until_it_takes_effect(string meanwhile)
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        PutInForce(host, TownPolicy.Open);
        Propose(host, Narrow, Town.At(90));
        Assert.Equal(PolicyStanding.Scheduled, Approve(host, 2).Version!.Standing);
        host.Ledger.FailNext = 1;
        Assert.Throws<StoreException>(() => Withdraw(host, 2));
        var withdrawn = Withdraw(host, 2).Version!;
        Assert.Equal((PolicyStanding.Withdrawn, Anna, Bert), (withdrawn.Standing, withdrawn.DecidedBy, withdrawn.ApprovedBy));
        var entry = host.Ledger.Entries[^1];
        Assert.Equal((Anna, "city 2"), (entry.Who, entry.PolicyVersion));
        Assert.StartsWith("approved version withdrawn before ", entry.Detail, StringComparison.Ordinal);
        if (meanwhile != "runs")
        {
            Again(host, meanwhile == "crashes");
        }

        host.Advance(TimeSpan.FromHours(3));
        Assert.Equal("city 1, district 0", Reads(host).PolicyVersion);
        Assert.Equal(PolicyOutcome.Decided, Withdraw(host, 2).Outcome);
        Assert.Equal(entry, host.Ledger.Entries[^1]);
        Assert.Equal(3, Propose(host, Narrow).Version!.Version);
    }

    [Fact]
    public void What_took_effect_is_not_withdrawn_even_when_nobody_could_record_it_yet()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        Propose(host, TownPolicy.Open, Town.At(90));
        Approve(host, 1);
        host.Ledger.Appending = e => host.Ledger.FailNext = e.Who == "system:clock" ? 1 : 0;
        host.Advance(TimeSpan.FromMinutes(90));
        host.Ledger.Appending = null;
        var refused = Withdraw(host, 1);
        Assert.Equal(PolicyOutcome.Decided, refused.Outcome);
        Assert.Contains("takes its place", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_another_scheduled_one_needs_is_not_withdrawn_before_that()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var wide = TownPolicy.City(TownPolicy.Stream("all", "*/*/*", "public") + TownPolicy.Stream("extra", "*/*/extra"), TownPolicy.Grant("public", "all"));
        Propose(host, wide, Town.At(60));
        Assert.Equal(PolicyOutcome.Done, Approve(host, 2).Outcome);
        var needs = Propose(host, TownPolicy.District("mitte", grants: TownPolicy.Grant("role:operator", "extra", "operation", id: "own")), Town.At(120));
        Assert.True(needs.Outcome == PolicyOutcome.Done, string.Join('\n', needs.Problems));
        Assert.Equal(PolicyOutcome.Done, Approve(host, 1, district: "mitte").Outcome);
        var refused = Withdraw(host, 2);
        Assert.Equal(PolicyOutcome.Unsound, refused.Outcome);
        Assert.Contains("Version 1 of the district 'mitte'", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Done, host.Run(() => host.Policy().Withdraw("mitte", 1, Bert)).Outcome);
        Assert.Equal(PolicyOutcome.Done, Withdraw(host, 2).Outcome);
    }

    [Theory]
    [InlineData("", ApproverIndependence.Independent)]
    [InlineData("person:anna", ApproverIndependence.Doubtful)]
    [InlineData("person:administrator", ApproverIndependence.Doubtful)]
    [InlineData("person:carl", ApproverIndependence.Independent)]
    public void An_approver_whom_the_proposer_could_be_is_marked_in_history_and_ledger(string madeBy, ApproverIndependence expected)
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        if (madeBy.Length > 0)
        {
            host.AccountChanges.All.Add(new("bert", madeBy, host.NowMs));
        }

        Propose(host, TownPolicy.Open);
        Assert.Equal(PolicyStanding.InForce, Approve(host, 1).Version!.Standing);
        host.Restart();
        Assert.Equal((expected, Bert), (Versions(host).Single().Independence, Versions(host).Single().ApprovedBy));
        var entry = Assert.Single(host.Ledger.Entries, e => e.Who == Bert);
        Assert.Equal(expected == ApproverIndependence.Doubtful, entry.Detail!.Contains("not independent", StringComparison.Ordinal));
        Assert.DoesNotContain("person:", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_made_long_ago_counts_as_a_second_person()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), policy: null);
        host.AccountChanges.All.Add(new("bert", Anna, host.NowMs));
        host.Advance(AccountLimits.ChangesCount + TimeSpan.FromSeconds(1));
        Propose(host, TownPolicy.Open);
        Assert.Equal(ApproverIndependence.Independent, Approve(host, 1).Version!.Independence);
    }

    [Fact]
    public void Proposals_that_wait_are_few_and_not_for_a_far_future()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        for (var i = 0; i < PolicyGrain.MaxWaiting; i++)
        {
            Assert.Equal(PolicyOutcome.Done, Propose(host, $"{Narrow}# {i}\n").Outcome);
        }

        Assert.Equal(PolicyOutcome.TooMany, Propose(host, Narrow).Outcome);
        Withdraw(host, 2);
        Assert.Equal(PolicyOutcome.Done, Propose(host, Narrow).Outcome);
        Assert.Equal(PolicyOutcome.TooFarAhead, Propose(host, Narrow, host.NowMs + (6 * 366 * Town.Day)).Outcome);
    }

    [Fact]
    public void A_broken_file_is_told_its_lines_and_a_city_must_be_registered()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var broken = Propose(host, Narrow.Replace("purposes: [info, operation]", "purposes: [info, nothing]", StringComparison.Ordinal));
        Assert.Equal(PolicyOutcome.Unsound, broken.Outcome);
        var problem = Assert.Single(broken.Problems);
        Assert.Contains("'nothing'", problem.Message, StringComparison.Ordinal);
        Assert.True(problem is { Line: > 5, Column: > 5 }, problem.ToString());
        Assert.Equal(broken.Problems, host.Run(() => host.Policy().Check(Narrow.Replace("[info, operation]", "[info, nothing]", StringComparison.Ordinal))).Problems);
        Assert.Equal(PolicyOutcome.NotRegistered, host.Run(() => host.Policy("elsewhere").Propose(Narrow, Anna, 0)).Outcome);
        Assert.Equal(PolicyOutcome.Unsound, Propose(host, Narrow.Replace("city: town", "city: other", StringComparison.Ordinal)).Outcome);
    }

    /// <summary>The approval was in force, and answered with an error: nobody knew whether it was.</summary>
    [Fact]
    public void An_approval_is_answered_although_a_sensor_takes_longer_than_calls_usually_may()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ingest(Town.Sample(0, 1));
        host.Store.Hold();
        host.Advance(TimeSpan.FromSeconds(1));
        var proposed = Propose(host, Narrow);
        var approved = host.Policy().Approve(null, proposed.Version!.Version, Bert);
        var next = host.Policy().Propose(TownPolicy.Open, Anna, 0);
        host.Advance(TimeSpan.FromMinutes(15));
        Assert.False(approved.IsCompleted || next.IsCompleted);

        host.Store.Release();

        Assert.Equal(PolicyStanding.InForce, host.Run(() => approved).Version!.Standing);
        Assert.Equal(PolicyOutcome.Done, host.Run(() => next).Outcome);
        Assert.Equal(7, Days(host));
    }

    private static void Again(CityHost host, bool crash, TimeSpan down = default)
    {
        if (crash)
        {
            host.Crash(down: down);
        }
        else
        {
            host.Restart(down);
        }
    }

    private static void PutInForce(CityHost host, string yaml)
    {
        host.Advance(TimeSpan.FromSeconds(1));
        var proposed = Propose(host, yaml);
        Assert.True(proposed.Outcome == PolicyOutcome.Done, $"{proposed.Detail} {string.Join('\n', proposed.Problems)}");
        Assert.Equal(PolicyStanding.InForce, Approve(host, proposed.Version!.Version).Version!.Standing);
    }

    private static PolicyAnswer Propose(CityHost host, string yaml, long effectiveMs = 0) => host.Run(() => host.Policy().Propose(yaml, Anna, effectiveMs));

    private static PolicyAnswer Approve(CityHost host, long version, string by = Bert, string? district = null) =>
        host.Run(() => host.Policy().Approve(district, version, by));

    private static PolicyAnswer Withdraw(CityHost host, long version, string by = Anna) => host.Run(() => host.Policy().Withdraw(null, version, by));

    private static IEnumerable<PolicyVersion> Versions(CityHost host) => host.Run(() => host.Policy().List());

    private static int Days(CityHost host, string sensor = "g/s") => (int)host.Store.Retentions[$"town/{sensor}/v"].TotalDays;

    private static ReadDecision Reads(CityHost host) =>
        host.Run(() => host.District().Authorize(new(Principal.Public, null, "g/s", "v", Resolution.Raw, ReadScope.Sensor)));
}
