using System.Text;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;

namespace Grains.Tests.Ingest;

/// <summary>What subscribers receive: what the sensor's district permits, as long as it does, and never without a record.</summary>
public sealed class SubscriberTests
{
    private const string S = "v1/town/g/s";

    [Theory]
    [InlineData("v1/town/g/s", ReasonCode.GrantedQos1)]
    [InlineData("v1/#", ReasonCode.GrantedQos1)]
    [InlineData("#", ReasonCode.GrantedQos1)]
    [InlineData("+/town/#", ReasonCode.GrantedQos1)]
    [InlineData("$SYS/#", ReasonCode.NotAuthorized)]
    [InlineData("other/#", ReasonCode.NotAuthorized)]
    [InlineData("v12/#", ReasonCode.NotAuthorized)]
    public void Filters_lead_to_sensors_or_nowhere(string filter, ReasonCode expected)
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.Equal(expected, reader.Session.MaySubscribe(filter, QualityOfService.AtLeastOnce));
    }

    [Fact]
    public void Nobody_subscribes_where_nothing_judges()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var session = new GatewaySession(new(host.Registry, host.Grains, host.Store, new(host.Registry, host.Driver.Clock), host.Driver.Clock), "c");
        Assert.Equal(ReasonCode.NotAuthorized, session.MaySubscribe("#", QualityOfService.AtMostOnce));
    }

    [Theory]
    [InlineData("""{"t":1767225600000,"v":1}""", true)]
    [InlineData("""{"t":1767225600000,"w":1}""", false)] // not granted
    [InlineData("""{"t":1767225600000,"v":1,"w":1}""", false)] // one of two is not granted
    [InlineData("""{"t":1767225600000,"v":1,"mac":"00:11:22:33:44:55"}""", false)] // what no policy speaks of
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public async Task Message_is_delivered_only_when_all_in_it_is_permitted(string payload, bool expected)
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.Equal(expected, await reader.AskAsync(S, payload));
    }

    [Theory]
    [InlineData("v1/town/g/x")]
    [InlineData("v1/elsewhere/g/s")]
    [InlineData("other")]
    public async Task Topic_that_is_no_sensor_is_delivered_to_nobody(string topic)
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.False(await reader.AskAsync(topic, Payload()));
    }

    [Theory]
    [InlineData("0101", true)] // payload format
    [InlineData("03 0010 6170706C69636174696F6E2F6A736F6E", true)] // application/json
    [InlineData("03 0003 313233", false)]
    [InlineData("26 0003 6D6163 0003 313233", false)] // a user property is free text
    [InlineData("09 0003 313233", false)]
    public async Task Properties_that_no_policy_speaks_of_keep_a_message_back(string properties, bool expected)
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.Equal(expected, await reader.AskAsync(S, Payload(), properties: Convert.FromHexString(properties.Replace(" ", string.Empty))));
    }

    public static TheoryData<string, PolicyDefinition, string?> Denials => new()
    {
        { "quarantine", Policy(Grant()) with { Streams = [] }, null },
        { "purpose-missing", Policy(Grant(), Grant() with { Id = "b", Purpose = "q" }), null },
        { "purpose-unknown", Policy(Grant()), "fun" },
        { "purpose-mismatch", Policy(Grant()), "r" },
        { "no-grant", Policy(Grant() with { Principals = ["person:b"] }), "p" },
        { "denied-by-policy", Policy(Grant()) with { Denials = [new("stop", ["public"], [], [], "Because.")] }, null },
        { "grant-expired", Policy(Grant() with { UntilMs = Town.T0 }), null },
        { "too-fine", Policy(Grant() with { Floor = Resolution.Hour }), null },
        { "cells-only", Policy(Grant() with { Scope = ReadScope.Cell }), null },
        { "outside-area", Policy(Grant() with { Area = [new(1, 1), new(2, 1), new(2, 2), new(1, 1)] }), null },
    };

    [Theory]
    [MemberData(nameof(Denials))]
    public async Task Denial_of_every_kind_keeps_the_message_back_and_is_recorded(string reason, PolicyDefinition policy, string? purpose)
    {
        using var reader = new Reader(policy);
        Assert.False(await reader.AskAsync(S, Payload(), purpose));
        reader.Session.Closed();
        var denial = Assert.Single(reader.Host.Ledger.Entries, e => e.Kind == LedgerEntryKind.Denial);
        Assert.Equal((reason, "public", "mitte", "g/s/v"), (denial.Detail, denial.Who, denial.District, Assert.Single(denial.Streams)));
        Assert.DoesNotContain(reader.Host.Ledger.Entries, e => e.Rows > 0);
    }

    [Fact]
    public async Task Delivery_ends_with_the_grant_and_with_the_policy()
    {
        using var reader = new Reader(Policy(Grant() with { UntilMs = Town.T0 + 60_000 }));
        Assert.True(await reader.AskAsync(S, Payload()));
        reader.Host.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await reader.AskAsync(S, Payload()));
        reader.Set(Policy(Grant()));
        Assert.True(await reader.AskAsync(S, Payload()));
        reader.Set(Policy(Grant()) with { Denials = [new("stop", ["public"], [], [], "Because.")] });
        Assert.False(await reader.AskAsync(S, Payload()));
        reader.Set(Policy(Grant()));
        reader.Host.Registry.Publish(new(Town.City(Town.Sensor("t")), 2));
        Assert.False(await reader.AskAsync(S, Payload()));
    }

    [Fact]
    public async Task District_is_asked_once_and_not_for_each_message()
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.True(await reader.AskAsync(S, Payload()));
        for (var i = 0; i < 100; i++)
        {
            var answer = reader.Session.MayReceive(new(Encoding.UTF8.GetBytes(S), Encoding.UTF8.GetBytes(Payload()), default), null);
            Assert.True(answer.IsCompletedSuccessfully && await answer);
        }
    }

    [Fact]
    public async Task Purposes_of_connect_and_subscribe_are_judged_and_the_nearer_one_counts()
    {
        using var reader = new Reader(Policy(Grant(), Grant() with { Id = "b", Purpose = "q" }), connectPurpose: "q");
        Assert.True(await reader.AskAsync(S, Payload()));
        Assert.True(await reader.AskAsync(S, Payload(), "p"));
        Assert.False(await reader.AskAsync(S, Payload(), "fun"));
    }

    [Fact]
    public async Task Message_with_more_rows_than_the_grant_allows_is_kept_back()
    {
        using var reader = new Reader(Policy(Grant() with { RowLimit = 1 }));
        Assert.True(await reader.AskAsync(S, Payload()));
        Assert.False(await reader.AskAsync(S, $"[{Payload()},{Payload(1)}]"));
    }

    [Fact]
    public async Task Messages_kept_back_for_their_rows_are_recorded_once_a_minute()
    {
        using var reader = new Reader(Policy(Grant() with { RowLimit = 1 }));
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await reader.AskAsync(S, $"[{Payload()},{Payload(1)}]"));
        }

        Assert.DoesNotContain(reader.Host.Ledger.Entries, e => e.Kind == LedgerEntryKind.Denial);
        reader.Host.Advance(SubscriberReading.Period);
        var denial = Assert.Single(reader.Host.Ledger.Entries, e => e.Kind == LedgerEntryKind.Denial);
        Assert.Equal(("row-limit", "mitte", "g1", "p", 0L), (denial.Detail, denial.District, denial.Grant, denial.Purpose, denial.Rows));
        Assert.Equal(["g/s/v"], denial.Streams);
        Assert.True(await reader.AskAsync(S, Payload()));
        reader.Session.Closed();
        Assert.Equal(1, reader.Host.Ledger.Entries.Sum(e => e.Rows));
        Assert.Single(reader.Host.Ledger.Entries, e => e.Kind == LedgerEntryKind.Denial);
    }

    [Fact]
    public async Task Ledger_gets_start_minutes_and_end()
    {
        using var reader = new Reader(Policy(Grant()));
        Assert.True(await reader.AskAsync(S, Payload()));
        Assert.True(await reader.AskAsync(S, $"[{Payload()},{Payload(1)}]"));
        Assert.Equal(["mqtt-opened"], reader.Host.Ledger.Entries.Select(e => e.Detail));
        reader.Host.Advance(SubscriberReading.Period);
        var minute = reader.Host.Ledger.Entries.Last();
        Assert.Equal(("mqtt", 3L, "g1", "p", "raw"), (minute.Detail, minute.Rows, minute.Grant, minute.Purpose, minute.Resolution));
        reader.Session.Closed();
        Assert.Equal(["mqtt-opened", "mqtt", "mqtt-ended"], reader.Host.Ledger.Entries.Select(e => e.Detail));
    }

    internal static PolicyDefinition Policy(params GrantDefinition[] grants) => new(
        "town",
        "mitte",
        [.. new[] { "p", "q", "r" }.Select(p => new PurposeDefinition(p, p, "§ 1", "office", "?", "2027-01-01", false))],
        [new("v", ["g/*/v"], DataClass.Public, ["p", "q"], "Town", "office", new("a", "b", "c", "d"), new(30, 0, 0), false, false), new("w", ["g/*/w"], DataClass.Public, ["p", "q"], "Town", "office", new("a", "b", "c", "d"), new(30, 0, 0), false, false)],
        [.. grants],
        [],
        [],
        [],
        null);

    internal static GrantDefinition Grant() =>
        new("g1", ["public"], ["v"], "p", Resolution.Raw, ReadScope.Sensor, [], Town.T0 + Town.Day, 1_000, Redactions.None, "", false);

    private static string Payload(int minute = 0) => $"{{\"t\":{Town.At(minute)},\"v\":1}}";
}
