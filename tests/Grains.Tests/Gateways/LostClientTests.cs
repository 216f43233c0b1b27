using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Grains.Tests.Gateways;

/// <summary>Who may publish the will of a client that a server before this one lost: whoever may publish now.</summary>
public sealed class LostClientTests : IDisposable
{
    private const string Topic = "v1/town/g/s";

    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-lost-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Will_of_a_gateway_is_published_until_its_credential_ends_and_then_stands_in_its_books()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var ingest = silo.Host.Services.GetRequiredService<IMqttIngest>();
        var lost = await LoseAsync(ingest, "town/g", await silo.PasswordAsync("g"));
        Assert.Equal("gateway:town/g", lost.Owner);
        Assert.Equal(ReasonCode.Success, await SayAsync(ingest, lost, Topic));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost, "v1/town/h/s")); // Its own topics alone, as ever.
        Assert.Equal(1, await ForeignAsync(silo, 1));
        var newer = await LoseAsync(ingest, "town/g", await silo.PasswordAsync("g"));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost, Topic)); // Its password is not the gateway's any more.
        Assert.Equal(ReasonCode.Success, await SayAsync(ingest, newer, Topic));
        await silo.RevokeAsync("g");
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, newer, Topic));
        Assert.Equal(3, await ForeignAsync(silo, 3));
    }

    [Fact]
    public async Task Will_that_waits_while_its_gateway_is_revoked_stands_in_the_books_too()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var ingest = silo.Host.Services.GetRequiredService<IMqttIngest>();
        var session = await ConnectAsync(ingest, "town/g", await silo.PasswordAsync("g"));
        await silo.RevokeAsync("g");
        Assert.Equal(ReasonCode.NotAuthorized, await AcceptAsync(session, Topic));
        Assert.Equal(1, await ForeignAsync(silo, 1));
        session.Closed();
    }

    [Fact]
    public async Task Who_proved_nothing_or_is_somebody_else_now_has_no_will()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var ingest = silo.Host.Services.GetRequiredService<IMqttIngest>();
        var lost = await LoseAsync(ingest, "town/g", await silo.PasswordAsync("g"));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost with { Owner = "gateway:town/h" }, "v1/town/h/s"));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost with { Standing = "from:127.0.0.1" }, Topic));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost with { Standing = string.Empty }, Topic));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost with { Standing = "key:unheard-of" }, Topic));
    }

    [Fact]
    public async Task Will_of_an_account_is_published_by_what_its_key_may_now()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var ingest = silo.Host.Services.GetRequiredService<IMqttIngest>();
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        await silo.PostAsync("api/persons", new { id = "anna", name = "Anna", roles = new[] { "operator" }, offices = new[] { "office" } });
        var key = await silo.PostAsync("api/keys", new { person = "anna", until });
        var lost = await LoseAsync(ingest, "anybody", key["key"]!.GetValue<string>());
        Assert.Equal("person:anna", lost.Owner);
        Assert.DoesNotContain(key["key"]!.GetValue<string>(), lost.ToString(), StringComparison.Ordinal);
        var again = await ingest.ReturnAsync(lost, Token);
        Assert.Equal("person:anna", again.Session!.Owner);
        again.Session.Closed();
        var id = lost.Standing["key:".Length..];
        using var revoked = await silo.Http.DeleteAsync($"api/keys/{id}", Token);
        Assert.True(revoked.IsSuccessStatusCode, await revoked.Content.ReadAsStringAsync(Token));
        Assert.Equal(ReasonCode.NotAuthorized, await SayAsync(ingest, lost, "v1.1/Observations"));
        Assert.Equal(1, await ForeignAsync(silo, 1));
    }

    private static async Task<IIngestSession> ConnectAsync(IMqttIngest ingest, string user, string password)
    {
        var request = new ConnectRequest("peer", user, Encoding.UTF8.GetBytes(password), new IPEndPoint(IPAddress.Loopback, 1), ProtocolVersion.V5) { IsEncrypted = true };
        return (await ingest.ConnectAsync(request, Token)).Session!;
    }

    private static async Task<LostClient> LoseAsync(IMqttIngest ingest, string user, string password)
    {
        var session = await ConnectAsync(ingest, user, password);
        var lost = new LostClient("peer", session.Owner, session.Standing);
        session.Closed();
        return lost;
    }

    private static async Task<ReasonCode> SayAsync(IMqttIngest ingest, LostClient lost, string topic)
    {
        var decision = await ingest.ReturnAsync(lost, Token);
        if (decision.Session is not { } session)
        {
            return decision.Reason;
        }

        var reason = await AcceptAsync(session, topic);
        session.Closed();
        return reason;
    }

    private static async Task<ReasonCode> AcceptAsync(IIngestSession session, string topic)
    {
        var reasons = new ReasonCode[1];
        await session.Accept(
            [new IncomingPublish(Encoding.UTF8.GetBytes(topic), "{\"v\":7}"u8.ToArray(), default, 0, QualityOfService.AtLeastOnce, Retain: false, Duplicate: false)], reasons);
        return reasons[0];
    }

    /// <summary>Refusals for foreign topics in the city's books; they are brought there once a second.</summary>
    private static async Task<long> ForeignAsync(SecureSilo silo, long least)
    {
        while (true)
        {
            var found = Sum(await silo.GetAsync("api/cities/town/books"));
            if (found >= least)
            {
                return found;
            }

            Token.ThrowIfCancellationRequested();
        }
    }

    private static long Sum(JsonNode? node) => node switch
    {
        JsonObject refusal when refusal["reason"]?.GetValue<string>() == "foreign-topic" => refusal["count"]!.GetValue<long>(),
        JsonObject parts => parts.Sum(part => Sum(part.Value)),
        JsonArray items => items.Sum(Sum),
        _ => 0,
    };
}
