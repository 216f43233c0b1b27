using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grains.Tests.Bridges;

namespace Grains.Tests.Gateways;

/// <summary>A bridge where every client must prove itself: what it fetches is taken, and nobody else can speak as it does.</summary>
public sealed class SecureBridgeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-bridge-").FullName;
    private readonly long _startMs = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
    private int _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Bridge_needs_no_credential_here_and_lends_its_rights_to_nobody()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await using var silo = await SecureSilo.StartAsync(_directory);
        var password = await silo.PasswordAsync("h");
        await BridgeAsync(silo, broker);
        await broker.PublishAsync("werk/s", [Reading()]);
        await StoredAsync(silo, 1);

        // The bridge's client identifier, and its gateway's name, without proof: no connection.
        foreach (var pretended in new[] { "bridge b", "town" })
        {
            Assert.NotEqual(0, (await PublishAsync(silo, pretended, "werk/s")).Code);
            Assert.NotEqual(0, (await PublishAsync(silo, pretended, "v1/town/g/werk/s", "-u", "town/g", "-P", password)).Code);
        }

        // Another gateway with the bridge's identifier: its topics are its own, in the bridge's form and in ours.
        string[] asH = ["-u", "town/h", "-P", password];
        foreach (var topic in new[] { "werk/s", "v1/town/g/werk/s", "v1/town/g/s" })
        {
            Assert.Contains("Not authorized", (await PublishAsync(silo, "bridge b", topic, asH)).Said, StringComparison.Ordinal);
        }

        await broker.PublishAsync("werk/s", [Reading()]); // The bridge was not disturbed.
        await StoredAsync(silo, 2);
        Assert.Equal(0, await silo.ReceivedAsync("h"));
        Assert.Equal(["h bad-topic 2", "h foreign-topic 1"], await StrangersAsync(silo, 3));
    }

    [Fact]
    public async Task Who_writes_to_the_other_broker_speaks_for_the_bridges_gateway_alone()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await using var silo = await SecureSilo.StartAsync(_directory);
        await silo.PasswordAsync("h");
        await BridgeAsync(silo, broker, "#");
        foreach (var topic in new[] { "v1/town/h/s", "v1/other/g/s", "live/town", "werk/../h/s", "werk/s/extra" })
        {
            await broker.PublishAsync(topic, [Reading()]);
        }

        await broker.PublishAsync("werk/s", [Reading()]);
        await StoredAsync(silo, 1);
        Assert.Equal(0, await silo.ReceivedAsync("h"));
        Assert.Equal(["g bad-topic 5"], await StrangersAsync(silo, 5));
    }

    [Fact]
    public async Task Gateway_of_a_bridge_keeps_its_own_credential()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await using var silo = await SecureSilo.StartAsync(_directory);
        var password = await silo.PasswordAsync("g");
        await BridgeAsync(silo, broker);
        await broker.PublishAsync("werk/s", [Reading()]); // A credential of its gateway does not shut the bridge out.
        await StoredAsync(silo, 1);
        Assert.Equal(0, (await PublishAsync(silo, "g", "v1/town/g/werk/s", "-u", "town/g", "-P", password)).Code);
        await StoredAsync(silo, 2);
        await silo.RevokeAsync("g");
        Assert.NotEqual(0, (await PublishAsync(silo, "g", "v1/town/g/werk/s", "-u", "town/g", "-P", password)).Code);
        await broker.PublishAsync("werk/s", [Reading()]);
        await StoredAsync(silo, 3);
    }

    private static async Task BridgeAsync(SecureSilo silo, Mosquitto broker, string filter = "werk/#")
    {
        var yaml = CityYaml.Of("s").Replace(
            "gateways: [{id: g, name: Gateway, office: office}]",
            "gateways: [{id: g, name: Gateway, office: office, decoder: {format: native, topics: ['werk/{sensor}']}}, {id: h, name: Other, office: office}]\n"
            + string.Create(
                CultureInfo.InvariantCulture,
                $"bridges: [{{id: b, name: B, gateway: g, host: 127.0.0.1, port: {broker.Port}, clientId: town, plaintext: true, subscribe: ['{filter}']}}]"),
            StringComparison.Ordinal) + "  - {id: s, gateway: h, district: mitte, name: Sensor, model: plain, office: office}\n";
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await silo.Http.PutAsync("api/cities/town/registry", content, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        await BridgedSilo.UntilAsync(
            () => silo.GetAsync("api/cities/town/bridges"), b => b.AsArray() is [{ } bridge] && bridge["connected"]?.GetValue<bool>() == true);
    }

    private static Task StoredAsync(SecureSilo silo, long count) =>
        BridgedSilo.UntilAsync(() => silo.GetAsync("api/cities/town/books"), b => Stored(b) == count);

    private static long Stored(JsonNode books) =>
        books["gateways"]!.AsArray().Single(g => g!["id"]!.GetValue<string>() == "g")!["stored"]!.GetValue<long>();

    /// <summary>Who was refused for what, and how often, once so many refusals have been reported.</summary>
    private static async Task<string[]> StrangersAsync(SecureSilo silo, long total)
    {
        var books = await BridgedSilo.UntilAsync(
            () => silo.GetAsync("api/cities/town/books"), b => b["strangers"]!.AsArray().Sum(s => s!["count"]!.GetValue<long>()) >= total);
        return [.. books["strangers"]!.AsArray().Select(s => $"{s!["gateway"]} {s["reason"]} {s["count"]}").Order(StringComparer.Ordinal)];
    }

    private Task<(int Code, string Said)> PublishAsync(SecureSilo silo, string client, string topic, params string[] more) =>
        Peer.RunAsync("mosquitto_pub", [.. silo.Server(client), "-q", "1", "-t", topic, "-m", Reading(), .. more]);

    private string Reading() => string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{_startMs + _sent++},\"v\":1}}");
}
