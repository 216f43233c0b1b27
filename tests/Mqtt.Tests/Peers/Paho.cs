using Mqtt.Tests.Server;

namespace Mqtt.Tests.Peers;

/// <summary>Eclipse Paho for Python, as Debian ships it (python3-paho-mqtt).</summary>
public sealed class Paho
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Peers", "paho_client.py");

    [PeerFact]
    public async Task Publishes_and_subscribes_in_311()
    {
        await using var server = await TestServer.StartAsync();
        var output = await PeerProcess.RunAsync("/usr/bin/python3", Script, $"{server.Port}", "311");
        Assert.Equal("granted [2]\nv1/a/paho m0 0 []\nv1/a/paho m1 1 []\nv1/a/paho m2 2 []\n", output);
    }

    [PeerFact]
    public async Task Publishes_and_subscribes_in_5_with_properties()
    {
        await using var server = await TestServer.StartAsync();
        var output = await PeerProcess.RunAsync("/usr/bin/python3", Script, $"{server.Port}", "5");
        Assert.Equal(
            "granted [2]\nv1/a/paho m0 0 [('qos', '0')]\nv1/a/paho m1 1 [('qos', '1')]\nv1/a/paho m2 2 [('qos', '2')]\n", output);
        Assert.Equal(["v1/a/paho=m0/0", "v1/a/paho=m1/1", "v1/a/paho=m2/2"], server.Ingest.Messages);
    }
}
