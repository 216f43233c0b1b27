using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

public sealed class Damage
{
    [Fact]
    public async Task Random_bytes_close_their_own_connection_at_most()
    {
        await using var server = await TestServer.StartAsync();
        using var bystander = await server.Connect311Async("bystander");
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            byte[][] conversation =
            [
                Bytes.Connect5WithWill($"c{seed}", "w", "x", random.Next(3)),
                Bytes.Subscribe5(1, ("#", random.Next(3))),
                Bytes.Publish5("a/b", "payload", 2, 5, properties: Bytes.Hex("230001")),
                Bytes.Hex("62020005"),
                Bytes.Publish5("a/b", "payload", 1, 6),
                Bytes.Hex("C000 E000"),
            ];
            var bytes = conversation.SelectMany(packet => packet).ToArray();
            for (var i = random.Next(4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var client = await server.OpenAsync();
            await client.SendAsync(bytes);
            client.FinishSending();
            while (await client.ReadPacketAsync() is not null)
            {
                // Whatever it answers, it must come to an end.
            }
        }

        await bystander.ExpectNothingAsync();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 1);
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
        Assert.Equal(0, server.Endpoint.InFlight);
        Assert.DoesNotContain(server.Endpoint.Counters.ClosedByServer, pair => pair.Key == Quartier.Mqtt.Packets.ReasonCode.UnspecifiedError);
    }
}
