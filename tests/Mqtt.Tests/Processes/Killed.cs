using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Processes;

/// <summary>The experiment in which mosquitto with its default persistence loses all: acknowledged messages, then kill -9.</summary>
public sealed class Killed : IDisposable
{
    /// <summary>As many as may be in flight towards the subscriber at a time, so that it reads all before it answers.</summary>
    private const int Messages = 256;

    private readonly string _data = Directory.CreateTempSubdirectory("quartier-mqtt-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Acknowledged_messages_to_an_offline_subscriber_are_delivered_after_kill_9(int qos)
    {
        using (var broker = await BrokerProcess.StartAsync(_data))
        {
            using (var subscriber = await RawClient.OpenAsync(broker.Port))
            {
                await subscriber.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", qos)));
                await subscriber.ExpectAsync($"20020000 90030001 0{qos}");
                await subscriber.SendAsync(Bytes.Hex("E000"));
                await subscriber.ExpectClosedAsync();
            }

            using var publisher = await RawClient.OpenAsync(broker.Port);
            await publisher.SendAsync(Bytes.Connect311("p"));
            await publisher.ExpectAsync("20020000");
            await publisher.SendAsync([.. Enumerable.Range(1, Messages).Select(n => Bytes.Publish311("a", $"{n:0000}", qos, n))]);
            await publisher.ExpectAsync([.. Enumerable.Range(1, Messages).SelectMany(n => Bytes.Packet(qos == 1 ? 0x40 : 0x50, Bytes.U16(n)))]);
            broker.Kill();
        }

        using var next = await BrokerProcess.StartAsync(_data);
        using var back = await RawClient.OpenAsync(next.Port);
        await back.SendAsync(Bytes.Connect311("s", clean: false));
        await back.ExpectAsync("20020100");
        await back.ExpectAsync([.. Enumerable.Range(1, Messages).SelectMany(n => Bytes.Publish311("a", $"{n:0000}", qos, n))]);
        await back.SendAsync([.. Enumerable.Range(1, Messages).Select(n => Bytes.Packet(qos == 1 ? 0x40 : 0x50, Bytes.U16(n)))]);
        if (qos == 2)
        {
            await back.ExpectAsync([.. Enumerable.Range(1, Messages).SelectMany(n => Bytes.Packet(0x62, Bytes.U16(n)))]);
            await back.SendAsync([.. Enumerable.Range(1, Messages).Select(n => Bytes.Packet(0x70, Bytes.U16(n)))]);
        }

        await back.ExpectNothingAsync();
    }

    [Fact]
    public async Task Retained_messages_and_released_exchanges_survive_kill_9()
    {
        using (var broker = await BrokerProcess.StartAsync(_data))
        {
            using var client = await RawClient.OpenAsync(broker.Port);
            await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 2)), Bytes.Publish311("r", "kept", 1, 1, true));
            await client.ExpectAsync("20020000 9003000102 40020001");
            await client.SendAsync(Bytes.Publish311("a", "1", 2, 2));
            await client.ExpectAsync("3406 000161 0001 31 50020002");
            await client.SendAsync(Bytes.Hex("50020001"));
            await client.ExpectAsync("62020001");
            broker.Kill();
        }

        using var next = await BrokerProcess.StartAsync(_data);
        using var back = await RawClient.OpenAsync(next.Port);
        await back.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Again(Bytes.Publish311("a", "1", 2, 2)), Bytes.Subscribe311(3, ("r", 0)));
        await back.ExpectAsync("20020100 62020001 50020002 9003000300 3107 000172 6B657074");
        await back.SendAsync(Bytes.Hex("C000"));
        await back.ExpectAsync("D000");
    }

    [Fact]
    public async Task The_will_of_a_connected_client_is_published_after_kill_9()
    {
        using (var broker = await BrokerProcess.StartAsync(_data))
        {
            using (var subscriber = await RawClient.OpenAsync(broker.Port))
            {
                await subscriber.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("w", 1)), Bytes.Hex("E000"));
                await subscriber.ExpectAsync("20020000 9003000101");
                await subscriber.ExpectClosedAsync();
            }

            using var gateway = await RawClient.OpenAsync(broker.Port);
            await gateway.SendAsync(Bytes.Packet(0x10, Bytes.Text("MQTT"), [4, 0x0E], Bytes.U16(60), Bytes.Text("g"), Bytes.Text("w"), Bytes.Text("gone")));
            await gateway.ExpectAsync("20020000");
            broker.Kill();
        }

        using var next = await BrokerProcess.StartAsync(_data);
        using var back = await RawClient.OpenAsync(next.Port);
        await back.SendAsync(Bytes.Connect311("s", clean: false));
        await back.ExpectAsync("20020100 3209 000177 0001 676F6E65");
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
