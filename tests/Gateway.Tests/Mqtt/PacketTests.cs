using Quartier.Gateway.Credentials;
using Quartier.Gateway.Mqtt;

namespace Gateway.Tests.Mqtt;

public sealed class PacketTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void Variable_length_follows_the_table_of_the_standard(int value, string hex)
    {
        var bytes = new byte[4];
        var written = VariableLength.Write(bytes, value);

        Assert.Equal(hex, Convert.ToHexString(bytes, 0, written));
        Assert.Equal(written, VariableLength.Read(bytes.AsSpan(0, written), out var read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void Variable_length_that_is_not_complete_needs_more_bytes() => Assert.Equal(0, VariableLength.Read([0x80], out _));

    [Fact]
    public void Variable_length_of_five_bytes_breaks_the_protocol() =>
        Assert.Throws<MqttConnectionException>(() => VariableLength.Read([0x80, 0x80, 0x80, 0x80, 0x01], out _));

    [Theory]
    [InlineData(MqttVersion.V311, 1, "320600016100017B")]
    [InlineData(MqttVersion.V5, 1, "32070001610001007B")]
    [InlineData(MqttVersion.V311, 0, "30040001617B")]
    [InlineData(MqttVersion.V5, 0, "3005000161007B")]
    public void Publish_packet_has_the_bytes_of_the_standard(MqttVersion version, ushort id, string hex)
    {
        var bytes = new byte[32];
        var written = PublishPacket.Write(bytes, version, "a"u8, "{"u8, id);

        Assert.Equal(hex, Convert.ToHexString(bytes, 0, written));
    }

    [Theory]
    [InlineData(MqttVersion.V311, "100E00044D5154540402003C00026730")]
    [InlineData(MqttVersion.V5, "100F00044D5154540502003C0000026730")]
    public void Connect_packet_has_the_bytes_of_the_standard(MqttVersion version, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(ConnectPacket.Write(new MqttPublisherOptions("h", 1, "g0") { Version = version })));

    [Theory]
    [InlineData(MqttVersion.V311, "101A00044D51545404C2003C00026730" + "0005742F673030" + "000370C3A4")]
    [InlineData(MqttVersion.V5, "101B00044D51545405C2003C0000026730" + "0005742F673030" + "000370C3A4")]
    public void Connect_packet_carries_user_and_password_in_their_order(MqttVersion version, string hex)
    {
        var credential = new GatewayCredential("t/g00", "p\u00E4"u8.ToArray(), null);
        Assert.Equal(hex, Convert.ToHexString(ConnectPacket.Write(new MqttPublisherOptions("h", 1, "g0") { Version = version, Credential = credential })));
        Assert.DoesNotContain("p\u00E4", credential.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_acknowledgement_may_hold_other_properties_before_the_receive_maximum()
    {
        byte[] body = [0, 0, 13, 0x11, 0, 0, 0, 1, 0x1F, 0, 2, (byte)'o', (byte)'k', 0x21, 0x00, 0x07];
        body[2] = (byte)(body.Length - 3);

        Assert.Equal(7, ConnectPacket.ReadWindow(body, new MqttPublisherOptions("h", 1, "g")));
    }

    [Fact]
    public void Window_frees_room_only_when_the_oldest_message_is_acknowledged()
    {
        var window = new InFlightWindow(2);
        window.Add(MqttVersion.V311, "a"u8, "1"u8, tag: 11);
        window.Add(MqttVersion.V311, "a"u8, "2"u8, tag: 12);

        Assert.True(window.TryAcknowledge(id: 2, now: 5, reason: 0, out var second));
        Assert.Equal((12, 0), (second.Tag, window.Room));
        Assert.True(window.TryAcknowledge(id: 1, now: 5, reason: 0, out var first));
        Assert.Equal((11, 2), (first.Tag, window.Room));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(65_535)]
    public void Window_ignores_an_acknowledgement_of_nothing(ushort id)
    {
        var window = new InFlightWindow(4);
        window.Add(MqttVersion.V311, "a"u8, "1"u8, tag: 1);

        Assert.False(window.TryAcknowledge(id, now: 0, reason: 0, out _));
        Assert.Equal(0, window.Head);
    }

    [Fact]
    public void Window_ignores_a_second_acknowledgement()
    {
        var window = new InFlightWindow(4);
        window.Add(MqttVersion.V311, "a"u8, "1"u8, tag: 1);
        window.Add(MqttVersion.V311, "a"u8, "2"u8, tag: 2);

        Assert.True(window.TryAcknowledge(id: 2, now: 0, reason: 0, out _));
        Assert.False(window.TryAcknowledge(id: 2, now: 0, reason: 0, out _));
    }
}
