using System.Net;
using System.Net.Sockets;
using Quartier.Mqtt;

namespace Mqtt.Tests.Server;

public sealed class Listening
{
    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.168.1.5", false)]
    [InlineData("::", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.0.1", true)]
    [InlineData("::1", true)]
    public void Without_tls_only_loopback_may_listen(string address, bool allowed)
    {
        var failed = Record.Exception(() => MqttListening.RequireLoopback(new IPEndPoint(IPAddress.Parse(address), 1883)));
        Assert.Equal(allowed, failed is null);
        Assert.True(allowed || failed!.Message.Contains(address, StringComparison.Ordinal));
    }

    [Fact]
    public void Unix_sockets_are_local_and_host_names_are_not_trusted()
    {
        MqttListening.RequireLoopback(new UnixDomainSocketEndPoint("/run/quartier/mqtt"));
        Assert.Throws<InvalidOperationException>(() => MqttListening.RequireLoopback(new DnsEndPoint("localhost", 1883)));
    }

    [Fact]
    public void Options_out_of_range_are_named_with_value_and_range()
    {
        var failed = Assert.Throws<InvalidOperationException>(() => new MqttOptions { MaxPacketBytes = 5 }.Validate());
        Assert.Equal(
            "The MQTT option MaxPacketBytes is 5, but must lie between 1024 and 268435460. Correct it in the section Mqtt of the configuration.",
            failed.Message);
        new MqttOptions().Validate();
    }
}
