using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mqtt.Tests.Server;

namespace Mqtt.Tests.Peers;

/// <summary>MQTT.js, as npm has it, unchanged: what dashboards and Node-RED speak.</summary>
public sealed class MqttJs : IClassFixture<MqttJsPackages>
{
    [PeerFact]
    public async Task Publishes_and_subscribes_in_311()
    {
        await using var server = await TestServer.StartAsync();
        var seen = await MqttJsPackages.RunAsync(server.Port, "311", "exchange");
        Assert.Equal(["granted 2", "v1/a/mqttjs m0 0 live", "v1/a/mqttjs m1 1 live", "v1/a/mqttjs m2 2 live"], seen);
        Assert.Equal(["v1/a/mqttjs=m0/0", "v1/a/mqttjs=m1/1", "v1/a/mqttjs=m2/2"], server.Ingest.Messages);
    }

    [Theory(SkipWhen = nameof(PeerFactAttribute.MayBeMissing), SkipType = typeof(PeerFactAttribute), Skip = PeerFactAttribute.Reason)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Publishes_and_subscribes_over_websocket(string version)
    {
        await using var server = await TestServer.StartAsync();
        var seen = await MqttJsPackages.RunAsync(server.HttpPort, version, "exchange", "ws");
        Assert.Equal(4, seen.Length);
        Assert.Equal(["v1/a/mqttjs=m0/0", "v1/a/mqttjs=m1/1", "v1/a/mqttjs=m2/2"], server.Ingest.Messages);
    }

    [Theory(SkipWhen = nameof(PeerFactAttribute.MayBeMissing), SkipType = typeof(PeerFactAttribute), Skip = PeerFactAttribute.Reason)]
    [InlineData("mqtts", "311")]
    [InlineData("mqtts", "5")]
    [InlineData("wss", "311")]
    [InlineData("wss", "5")]
    public async Task Publishes_and_subscribes_over_tls(string scheme, string version)
    {
        using var certificate = SelfSigned();
        var authority = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await using var server = await TestServer.StartAsync(certificate: certificate);
            var port = scheme == "wss" ? server.HttpsPort : server.MqttsPort;
            Assert.Equal(4, (await MqttJsPackages.RunAsync(port, version, "exchange", scheme, authority)).Length);
            Assert.Equal(["v1/a/mqttjs=m0/0", "v1/a/mqttjs=m1/1", "v1/a/mqttjs=m2/2"], server.Ingest.Messages);
            Assert.All(server.Ingest.Requests, r => Assert.True(r.IsEncrypted && r.Certificate is null));
        }
        finally
        {
            File.Delete(authority);
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    [PeerFact]
    public async Task Publishes_and_subscribes_in_5_with_properties()
    {
        await using var server = await TestServer.StartAsync();
        var seen = await MqttJsPackages.RunAsync(server.Port, "5", "exchange");
        Assert.Equal(
            [
                "granted 2",
                """v1/a/mqttjs m0 0 live {"qos":"0"}""",
                """v1/a/mqttjs m1 1 live {"qos":"1"}""",
                """v1/a/mqttjs m2 2 live {"qos":"2"}""",
            ],
            seen);
        Assert.Equal(["v1/a/mqttjs=m0/0", "v1/a/mqttjs=m1/1", "v1/a/mqttjs=m2/2"], server.Ingest.Messages);
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        Assert.Empty(server.Endpoint.Counters.ClosedByServer);
    }

    [Theory(SkipWhen = nameof(PeerFactAttribute.MayBeMissing), SkipType = typeof(PeerFactAttribute), Skip = PeerFactAttribute.Reason)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Gets_retained_messages_until_they_are_removed(string version)
    {
        await using var server = await TestServer.StartAsync();
        var seen = await MqttJsPackages.RunAsync(server.Port, version, "retained");
        Assert.Equal(["state/door open 1 retained", "state/door shut 1 live", "state/window shut 1 live"], seen);
    }

    [Theory(SkipWhen = nameof(PeerFactAttribute.MayBeMissing), SkipType = typeof(PeerFactAttribute), Skip = PeerFactAttribute.Reason)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Gets_the_will_of_a_client_that_died_and_not_of_one_that_said_goodbye(string version)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(["will/dying gone 1 live"], await MqttJsPackages.RunAsync(server.Port, version, "will"));
    }
}
