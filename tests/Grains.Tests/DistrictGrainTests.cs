using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Grains.Districts;

namespace Grains.Tests;

public sealed class DistrictGrainTests
{
    private static readonly Alert Raised = new(
        "id", "town", "mitte", "sensor/g/s", "S", Severity.Warning, "office", AlertState.Raised, Town.At(0), Town.At(1), null, null,
        new("rule", 1, RuleKind.Threshold, [], ImmutableSortedDictionary<string, double>.Empty, ImmutableSortedDictionary<string, double>.Empty, new("d", "e")));

    [Fact]
    public void Coverage_tells_who_is_expected_reporting_and_silent()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t"), Town.Sensor("u"), Town.Sensor("far") with { District = "west" }));
        host.Ingest(Town.Sample(0, 1));
        host.Ingest("g/t", Town.Sample(0, 1));
        host.Ingest("g/far", Town.Sample(0, 1));
        var state = State(host);
        Assert.Equal((3, 2), (state.Expected, state.Reporting));
        Assert.Equal(["g/u"], state.Silent);
        host.Advance(TimeSpan.FromSeconds(80));
        host.Ingest("g/t", Town.Sample(1, 1));
        host.Advance(TimeSpan.FromSeconds(11));
        state = State(host);
        Assert.Equal((3, 1), (state.Expected, state.Reporting));
        Assert.Equal(["g/s", "g/u"], state.Silent);
        Assert.Equal((host.NowMs, host.NowMs), (state.NowMs, Now(host)));
    }

    [Fact]
    public void Coverage_is_known_after_a_restart_and_after_a_quiet_day()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream() with { IntervalMs = 2 * Town.Day })));
        host.Ingest(Town.Sample(0, 1));
        host.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, State(host).Reporting);
        host.Restart();
        Assert.Equal(1, State(host).Reporting);
    }

    [Fact]
    public void In_a_replay_the_greatest_time_heard_is_now()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t")) with { Clock = CityClock.Replay });
        Assert.Equal((0, 0), (State(host).NowMs, Now(host)));
        host.Ingest(Town.Sample(-5000, 1));
        host.Ingest("g/t", Town.Sample(-4990, 1));
        host.Advance(TimeSpan.FromHours(5));
        var state = State(host);
        Assert.Equal((Town.At(-4990), Town.At(-4990)), (state.NowMs, Now(host)));
        Assert.Equal(["g/s"], state.Silent);
    }

    [Fact]
    public void In_a_replay_readings_without_a_time_get_times_that_nothing_else_has()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t")) with { Clock = CityClock.Replay });
        Assert.Equal(0, host.Run(() => host.District().TakeNow(1)));
        host.Ingest(Town.Sample(-5000, 1));
        Assert.Equal(Town.At(-5000) + 1, host.Run(() => host.District().TakeNow(2)));
        Assert.Equal(Town.At(-5000) + 3, host.Run(() => host.District().TakeNow(1)));
        host.Ingest("g/t", Town.Sample(-4990, 1));
        Assert.Equal(Town.At(-4990) + 1, host.Run(() => host.District().TakeNow(1)));
    }

    [Fact]
    public void In_a_replay_what_the_api_registered_says_no_time_beside_gateways_and_does_alone()
    {
        var own = Town.Sensor("o") with { Gateway = Quartier.Domain.Registry.RegistryDoors.Gateway };
        foreach (var isAlone in (bool[])[false, true])
        {
            var city = isAlone ? Town.City(own) : Town.City(Town.Sensor(), own);
            using var host = new CityHost(city with { Clock = CityClock.Replay });
            host.Run(() => host.District().Report(new SensorReport(own.Gateway, "o", Town.At(9), [])));
            Assert.Equal(isAlone ? Town.At(9) : 0, Now(host));
        }
    }

    [Fact]
    public void In_a_replay_no_clock_raises_silence()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Missing(5 * Town.Minute))) with { Clock = CityClock.Replay });
        host.Ingest(Town.Sample(-5000, 1));
        host.Advance(TimeSpan.FromHours(1));
        Assert.Empty(host.Recorded());
        host.Ingest(Town.Sample(-4990, 1));
        Assert.Single(host.Recorded());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_a_replay_a_sensor_that_stopped_for_good_is_missed_when_the_others_have_gone_on(bool restarts)
    {
        var silent = Town.Sensor().With(Town.Missing(120 * Town.Minute));
        using var host = new CityHost(Town.City(silent, Town.Sensor("t"), Town.Sensor("far") with { District = "west" }) with { Clock = CityClock.Replay });
        host.Ingest(Town.Sample(-5000, 1));
        for (var minute = -5000; minute <= -5000 + (8 * 60); minute += 15)
        {
            host.Ingest("g/t", Town.Sample(minute, 1));
            host.Ingest("g/far", Town.Sample(minute + 1000, 1));
        }

        // The rule's two hours and the six that gateways may run apart are not over yet.
        Assert.Empty(host.Recorded());
        if (restarts)
        {
            host.Crash();
        }

        host.Ingest("g/t", Town.Sample(-5000 + (9 * 60) + 20, 1));
        host.Ingest("g/t", Town.Sample(-5000 + (9 * 60) + 40, 1));
        var alert = Assert.Single(host.Recorded());
        Assert.Equal(("sensor/g/s", AlertState.Raised, Town.At(-5000), Town.At(-4880)), (alert.Subject, alert.State, alert.StartMs, alert.RaisedMs));

        // All of it once more brings nothing new.
        host.Ingest(Town.Sample(-5000, 1));
        host.Ingest("g/t", Town.Sample(-5000 + (9 * 60) + 40, 1));
        host.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((1, 1), (host.Recorded().Count, host.Alerts.Writes));
    }

    [Fact]
    public void In_a_replay_a_sensor_that_was_not_known_yet_when_silence_was_judged_is_judged_later()
    {
        var silent = Town.Sensor().With(Town.Missing(120 * Town.Minute));
        using var host = new CityHost(Town.City(Town.Sensor("t"), silent) with { Clock = CityClock.Replay });
        host.Ingest("g/t", Town.Sample(-4000, 1));
        host.Ingest(Town.Sample(-5000, 1));
        Assert.Empty(host.Recorded());
        host.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("sensor/g/s", Assert.Single(host.Recorded()).Subject);
    }

    [Fact]
    public void An_alert_is_recorded_once_however_often_it_is_reported()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        Record(host, Raised);
        Record(host, Raised);
        Assert.Equal((1, 1L), (host.Alerts.Writes, State(host).RaisedAlerts));
        var resolved = Raised with { State = AlertState.Resolved, ResolvedMs = Town.At(9) };
        Record(host, resolved);
        Record(host, resolved with { ResolvedMs = Town.At(10) });
        Record(host, Raised);
        Assert.Equal((2, 0L), (host.Alerts.Writes, State(host).RaisedAlerts));
        Assert.Equal(Town.At(9), Assert.Single(host.Alerts.All).ResolvedMs);
    }

    [Fact]
    public void Alerts_that_come_together_are_recorded_in_their_order_in_one_write_or_not_at_all()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var (resolved, other) = (Raised with { State = AlertState.Resolved, ResolvedMs = Town.At(9) }, Raised with { Id = "other" });
        host.Alerts.FailNext = 1;
        Assert.Throws<IOException>(() => Record(host, Raised, resolved, other));
        Assert.Empty(host.Alerts.All);
        Record(host, Raised, Raised, resolved, other, Raised);
        Assert.Equal((1, 3), (host.Alerts.Transactions, host.Alerts.Writes));
        Assert.Equal([("id", AlertState.Resolved), ("other", AlertState.Raised)], host.Alerts.All.Select(a => (a.Id, a.State)));
        Assert.Equal(1, State(host).RaisedAlerts);
    }

    [Fact]
    public void What_comes_from_many_during_a_write_is_the_next_write_and_who_hears_of_a_failure_is_who_waited_for_it()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Alerts.Slow = new();
        var first = host.District().RecordAlerts([Raised]);
        host.Driver.RunUntilIdle();
        var acknowledged = host.District().Acknowledge("id", "anna");
        var others = Enumerable.Range(0, 20).Select(i => host.District().RecordAlerts([Raised with { Id = $"{i}" }])).ToList();
        host.Driver.RunUntilIdle();
        Assert.False(first.IsCompleted || acknowledged.IsCompleted || others.Exists(o => o.IsCompleted));
        host.Alerts.Slow.SetResult();
        host.Driver.RunUntilIdle();
        Assert.True(first.IsCompletedSuccessfully && acknowledged.IsCompletedSuccessfully && others.TrueForAll(o => o.IsCompletedSuccessfully));
        Assert.Equal((2, 22), (host.Alerts.Transactions, host.Alerts.Writes));
        Assert.Equal((20L, 1L), (State(host).RaisedAlerts, State(host).AcknowledgedAlerts));

        (host.Alerts.Slow, host.Alerts.FailNext) = (new(), 1);
        var failing = host.District().RecordAlerts([Raised with { Id = "a" }]);
        host.Driver.RunUntilIdle();
        var next = host.District().RecordAlerts([Raised with { Id = "b" }]);
        host.Driver.RunUntilIdle();
        host.Alerts.Slow.SetResult();
        host.Driver.RunUntilIdle();
        Assert.Equal((true, true), (failing.IsFaulted, next.IsCompletedSuccessfully));
        Assert.Equal(21, State(host).RaisedAlerts);
    }

    [Fact]
    public void While_the_disk_stands_still_no_more_gathers_than_may_and_who_is_refused_comes_again()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Alerts.Slow = new();
        var first = host.District().RecordAlerts([Raised]);
        host.Driver.RunUntilIdle();
        var many = host.District().RecordAlerts([.. Enumerable.Repeat(Raised, DistrictAlerts.MostGathered)]);
        host.Driver.RunUntilIdle();
        var refused = host.District().RecordAlerts([Raised with { Id = "other" }]);
        host.Driver.RunUntilIdle();
        Assert.Contains("wait for the disk", Assert.IsType<StoreException>(refused.Exception?.InnerException).Message, StringComparison.Ordinal);
        host.Alerts.Slow.SetResult();
        host.Driver.RunUntilIdle();
        Assert.True(first.IsCompletedSuccessfully && many.IsCompletedSuccessfully);
        Record(host, Raised with { Id = "other" });
        Assert.Equal(2, State(host).RaisedAlerts);
    }

    [Fact]
    public void An_acknowledgement_is_kept_when_the_alert_is_repeated_and_resolved()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        Record(host, Raised);
        Assert.Equal("anna", host.Run(() => host.District().Acknowledge("id", "anna"))!.AcknowledgedBy);
        Assert.Equal("anna", host.Run(() => host.District().Acknowledge("id", "bert"))!.AcknowledgedBy);
        Record(host, Raised);
        Assert.Equal((0L, 1L), (State(host).RaisedAlerts, State(host).AcknowledgedAlerts));
        Record(host, Raised with { State = AlertState.Resolved, ResolvedMs = Town.At(9) });
        var alert = Assert.Single(host.Alerts.All);
        Assert.Equal((AlertState.Resolved, "anna"), (alert.State, alert.AcknowledgedBy));
        Assert.Equal((0L, 0L), (State(host).RaisedAlerts, State(host).AcknowledgedAlerts));
        Assert.Null(host.Run(() => host.District().Acknowledge("none", "anna")));
    }

    [Fact]
    public void Counts_of_alerts_are_right_after_a_failed_write_and_a_restart()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Rule(RuleKind.Threshold) with { Above = 10 })));
        host.Alerts.FailNext = 1;
        Assert.Throws<IOException>(() => Record(host, Raised));
        Assert.Equal(0, State(host).RaisedAlerts);
        Record(host, Raised);
        host.Restart();
        Assert.Equal(1, State(host).RaisedAlerts);
        Assert.Equal("id", Assert.Single(host.Run(() => host.District().ListAlerts(new(AlertState.Raised, null, null, null, 10)))).Id);
    }

    [Fact]
    public void Books_of_the_district_are_those_of_its_sensors()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t"), Town.Sensor("far") with { District = "west" }));
        host.Ingest(Town.Sample(0, 1), Town.Sample(0, 1));
        host.Ingest("g/t", Town.Sample(0, 1), Town.Sample(5000, 1));
        host.Ingest("g/far", Town.Sample(0, 1));
        var books = host.Run(() => host.District().GetBooks());
        Assert.Equal(["g/s", "g/t"], books.Keys);
        var sum = books.Values.Aggregate(SensorBooks.Empty, (a, b) => a.Plus(b));
        Assert.Equal((4L, 2L, 1L, 1L), (sum.Received, sum.Stored, sum.Duplicate, sum.Refused.Sum(r => r.Count)));
        Assert.True(sum.Balanced);
    }

    [Theory]
    [InlineData("public", "open", DenialReason.None)]
    [InlineData("public", "inner", DenialReason.NoGrant)]
    [InlineData("public", "private", DenialReason.Quarantine)]
    [InlineData("public", "nothing", DenialReason.NotRegistered)]
    [InlineData("operator", "open", DenialReason.None)]
    [InlineData("operator", "inner", DenialReason.None)]
    [InlineData("operator", "private", DenialReason.Quarantine)]
    [InlineData("administrator", "inner", DenialReason.NoGrant)]
    public void The_policy_in_force_decides_who_reads(string who, string property, DenialReason reason)
    {
        using var host = new CityHost(WithClasses(), OpenAndInner);
        var decision = host.Run(() => host.District().Authorize(Request(who, property)));
        Assert.Equal(reason, decision.Reason);
        Assert.Equal("city 1, district 0", decision.PolicyVersion);
        Assert.NotEmpty(decision.Explanation.De);
    }

    [Fact]
    public void Many_datastreams_are_decided_in_one_call_as_one_by_one()
    {
        using var host = new CityHost(WithClasses(), OpenAndInner);
        var request = Request("public", "ignored");
        var decisions = host.Run(() => host.District().AuthorizeMany(request, ["g/s/inner", "g/s/open", "nonsense", "", "g/s/private"]));
        Assert.Equal(
            [DenialReason.NoGrant, DenialReason.None, DenialReason.NotRegistered, DenialReason.NotRegistered, DenialReason.Quarantine],
            decisions.Select(d => d.Reason));
        ImmutableArray<string> tooMany = [.. Enumerable.Repeat("g/s/open", ReadLimits.MaxStreams + 1)];
        Assert.Throws<ArgumentException>(() => host.Run(() => host.District().AuthorizeMany(request, tooMany)));
    }

    [Fact]
    public void Explanation_of_a_decision_ends_with_it_and_names_each_step()
    {
        using var host = new CityHost(WithClasses(), OpenAndInner);
        var why = host.Run(() => host.District().Why(Request("public", "inner")));
        Assert.Equal(DenialReason.NoGrant, why.Decision.Reason);
        Assert.Equal("decision", why.Steps[^1].Step);
        Assert.Contains(why.Steps, s => s is { Step: "stream", Subject: "inner", Reason: DenialReason.None });
        Assert.Equal(why.Decision, host.Run(() => host.District().Authorize(Request("public", "inner"))));
    }

    [Theory]
    [InlineData("mitte", "g/none")]
    [InlineData("mitte", "s")]
    [InlineData("mitte", "")]
    [InlineData("mitte", "g/s/x")]
    [InlineData("west", "g/s")]
    [InlineData("nowhere", "g/s")]
    public void Nobody_reads_what_is_not_registered_in_the_district(string district, string sensor)
    {
        using var host = new CityHost(WithClasses());
        Assert.False(host.Run(() => host.District(district).Authorize(Request("operator", "open") with { Sensor = sensor })).Permitted);
    }

    [Fact]
    public void An_hour_is_summed_over_sensors_and_shown_when_it_is_over()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t")));
        for (var minute = 0; minute <= 59; minute++)
        {
            host.Ingest(Town.Sample(minute, minute));
            host.Ingest("g/t", Town.Sample(minute, 2));
            host.Advance(TimeSpan.FromMinutes(1));
        }

        host.Ingest(Town.Sample(60, 1));
        host.Ingest("g/t", Town.Sample(60, 1));
        var (property, row) = Assert.Single(State(host).Live);
        Assert.Equal(("v", Town.At(0), Town.At(60)), (property, row.StartMs, row.EndMs));
        Assert.Equal((120L, (59 * 60 / 2) + 120.0, 0.0, 59.0), (row.Count, row.Sum, row.Min, row.Max));
        Assert.Equal((Town.At(0), Town.At(59)), (row.FirstMs, row.LastMs));
    }

    [Fact]
    public void A_sensor_that_moved_away_is_neither_expected_nor_counted()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("t")));
        host.Ingest(Town.Sample(0, 1));
        host.Registry.Publish(new(Town.City(Town.Sensor() with { District = "west" }, Town.Sensor("t")), 2));
        host.Run(() => host.District().Refresh());
        host.Run(() => host.District().Report(new SensorReport("g", "s", Town.At(1), [])));
        host.Driver.RunUntilIdle();
        Assert.Equal((1, 0), (State(host).Expected, State(host).Reporting));
        Assert.Equal(["g/t"], State(host).Silent);
    }

    private static string OpenAndInner { get; } = TownPolicy.City(
        TownPolicy.Stream("open", "*/*/open") + TownPolicy.Stream("inner", "*/*/inner", "internal"),
        TownPolicy.Grant("public", "open") + TownPolicy.Grant("role:operator", "open, inner", "operation"));

    private static ReadRequest Request(string who, string property) => new(
        who switch
        {
            "public" => Principal.Public,
            "operator" => Person(Role.Operator),
            _ => Person(Role.Administrator, Role.Approver, Role.DataProtectionOfficer),
        },
        who == "public" ? null : "operation", "g/s", property, Resolution.Raw, ReadScope.Sensor);

    private static Principal Person(params Role[] roles) => new(PrincipalKind.Person, "anna", "Anna", [], [.. roles], null, long.MaxValue);

    private static long Now(CityHost host) => host.Run(() => host.District().GetNow());

    private static DistrictState State(CityHost host) => host.Run(() => host.District().GetState());

    private static void Record(CityHost host, params ImmutableArray<Alert> alerts) => host.Run(() => host.District().RecordAlerts(alerts));

    private static CityDefinition WithClasses() => Town.City(Town.Sensor(
        "s",
        Town.Stream("open"),
        Town.Stream("inner", dataClass: DataClass.Internal),
        Town.Stream("private", dataClass: DataClass.Sensitive)));
}
