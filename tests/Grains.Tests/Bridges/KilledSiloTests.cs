using System.Globalization;
using Mqtt.Tests.Peers;

namespace Grains.Tests.Bridges;

/// <summary>What the server's own program promised to MQTT clients of others, and keeps after kill -9.</summary>
public sealed class KilledSiloTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("quartier-killed-").FullName;
    private readonly long _startMs = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeMilliseconds();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [PeerFact]
    public async Task Queued_and_retained_messages_survive_kill_9_and_are_delivered_in_order()
    {
        await using (var silo = await BridgedSilo.StartAsync(_data))
        {
            await silo.RegisterAsync(CityYaml.Of("s1", "s2"));
            await silo.GovernAsync(TownPolicy.Open);
            await SubscribeAsync(silo, "-E"); // Subscribes and leaves: the session stays.
            await PublishAsync(silo, "s2", 0, "-r");
            await PublishAsync(silo, "s1", 1);
            await PublishAsync(silo, "s1", 2);
            await silo.KillAsync(); // Both have been acknowledged.
        }

        await using (var silo = await BridgedSilo.StartAsync(_data))
        {
            string[] retained = [.. Server(silo), "-t", "v1/town/g/s2", "-q", "1", "-C", "1", "-W", "60", "--retained-only"];
            Assert.Equal(Reading(0), (await PeerProcess.RunAsync("mosquitto_sub", retained)).TrimEnd('\n'));
            Assert.Equal(Reading(1), await SubscribeAsync(silo, "-C", "1"));
            await silo.KillAsync();
        }

        await using (var silo = await BridgedSilo.StartAsync(_data))
        {
            // The first may come again, marked as a duplicate: the client closed its connection with the next message unread, which resets it, and then the
            // acknowledgement before may be lost. The others come once and in their order.
            await PublishAsync(silo, "s1", 3);
            await PublishAsync(silo, "s1", 4);
            var seen = (await SubscribeAsync(silo, "-C", "3")).Split('\n');
            var first = seen[0] == Reading(1) ? 1 : 2;
            Assert.Equal([Reading(first), Reading(first + 1), Reading(first + 2)], seen);
            var books = await silo.BooksAsync();
            Assert.Equal((5, true), (books["stored"]!.GetValue<long>(), books["balanced"]!.GetValue<bool>()));
        }
    }

    private static string[] Server(BridgedSilo silo) => ["-h", "127.0.0.1", "-p", $"{silo.MqttPort}"];

    private static async Task<string> SubscribeAsync(BridgedSilo silo, params string[] more) =>
        (await PeerProcess.RunAsync("mosquitto_sub", [.. Server(silo), "-c", "-i", "board", "-q", "1", "-t", "v1/town/g/s1", "-W", "60", .. more])).TrimEnd('\n');

    private string Reading(int number) => string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{_startMs + number},\"v\":{number}}}");

    private Task<string> PublishAsync(BridgedSilo silo, string sensor, int number, params string[] more) =>
        PeerProcess.RunAsync("mosquitto_pub", [.. Server(silo), "-q", "1", "-t", $"v1/town/g/{sensor}", "-m", Reading(number), .. more]);
}
