using Mqtt.Tests.Server;

namespace Mqtt.Tests.Peers;

/// <summary>mosquitto_pub and mosquitto_sub, unchanged.</summary>
public sealed class MosquittoClients
{
    private static readonly string[] Versions = ["311", "5"];

    [PeerFact]
    public async Task Publishes_every_quality_of_service_in_both_versions()
    {
        await using var server = await TestServer.StartAsync();
        var expected = new List<string>();
        foreach (var version in Versions)
        {
            for (var qos = 0; qos <= 2; qos++)
            {
                await PeerProcess.RunAsync(
                    "mosquitto_pub", "-V", version, "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", $"v1/c/g/{version}", "-q", $"{qos}", "-m", $"{{\"n\":{qos}}}");
                expected.Add($"v1/c/g/{version}={{\"n\":{qos}}}/{qos}");

                // At quality of service 0 nobody tells the client that its message has come: the next client's might come first.
                await TestServer.UntilAsync(() => server.Ingest.Messages.Count == expected.Count);
            }
        }

        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        Assert.Equal(expected, server.Ingest.Messages);
    }

    [PeerFact]
    public async Task Subscribes_with_every_quality_of_service_in_both_versions()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var version in Versions)
        {
            for (var qos = 0; qos <= 2; qos++)
            {
                var before = server.Endpoint.SubscriptionCount;
                using var subscriber = PeerProcess.Start(
                    "mosquitto_sub", "-V", version, "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "v1/+/g/#", "-q", $"{qos}", "-C", "3", "-F", "%t %q %p");
                await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == before + 1);
                for (var i = 0; i < 3; i++)
                {
                    await PeerProcess.RunAsync(
                        "mosquitto_pub", "-V", version, "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", $"v1/c/g/s{i}", "-q", "2", "-m", $"{i}");
                }

                Assert.Equal($"v1/c/g/s0 {qos} 0\nv1/c/g/s1 {qos} 1\nv1/c/g/s2 {qos} 2\n", await subscriber.FinishAsync());
                await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == before);
            }
        }
    }

    [PeerFact]
    public async Task Gets_retained_messages_and_wills()
    {
        await using var server = await TestServer.StartAsync();
        await PeerProcess.RunAsync("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "state", "-r", "-q", "1", "-m", "kept");
        Assert.Equal(
            "1 kept\n",
            await PeerProcess.RunAsync("mosquitto_sub", "-V", "5", "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "#", "-C", "1", "-F", "%r %p"));
        await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 0);
        using var watcher = PeerProcess.Start("mosquitto_sub", "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "will", "-C", "1");
        await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 1);
        using (PeerProcess.Start(
            "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "nothing", "--will-topic", "will", "--will-payload", "gone", "--will-qos", "1"))
        {
            await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 2);
        }

        Assert.Equal("gone\n", await watcher.FinishAsync());
    }

    [PeerFact]
    public async Task Pipelines_thousands_of_lines()
    {
        await using var server = await TestServer.StartAsync();
        using var publisher = PeerProcess.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "v1/c/g/s", "-q", "1", "-l");
        for (var i = 0; i < 5000; i++)
        {
            await publisher.WriteLineAsync($"{i}");
        }

        await publisher.FinishAsync();
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"v1/c/g/s={i}/1"), server.Ingest.Messages);
    }
}
