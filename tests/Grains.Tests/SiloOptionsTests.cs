using Quartier.Silo;

namespace Grains.Tests;

public sealed class SiloOptionsTests
{
    [Fact]
    public void Nothing_said_means_the_defaults()
    {
        var options = SiloOptions.Parse([]);
        Assert.Equal(("127.0.0.1:8080", "127.0.0.1:1883"), (options.Http.ToString(), options.Mqtt.ToString()));
        Assert.Equal((Path.GetFullPath(Path.Combine("data", "city")), null, false), (options.DataDirectory, options.Dashboard, options.StopWithStdin));
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var options = SiloOptions.Parse(["--data", "x", "--http", "[::1]:1", "--mqtt", "127.0.0.2:0", "--dashboard", "d", "--stop-with-stdin"]);
        Assert.Equal(("[::1]:1", "127.0.0.2:0"), (options.Http.ToString(), options.Mqtt.ToString()));
        Assert.Equal((Path.GetFullPath("x"), "d", true), (options.DataDirectory, options.Dashboard, options.StopWithStdin));
    }

    [Theory]
    [InlineData("Unknown argument '--port'", "--port", "1")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--mqtt needs a value", "--http", "127.0.0.1:1", "--mqtt")]
    [InlineData("ADDRESS:PORT", "--http", "8080")]
    [InlineData("ADDRESS:PORT", "--http", "localhost:8080")]
    [InlineData("ADDRESS:PORT", "--mqtt", "127.0.0.1:70000")]
    [InlineData("not a loopback address", "--http", "0.0.0.0:8080")]
    [InlineData("not a loopback address", "--mqtt", "192.168.1.5:1883")]
    [InlineData("takes an https address", "--oidc-issuer", "http://login.example")]
    [InlineData("takes an https address", "--oidc-issuer", "login.example")]
    [InlineData("needs both", "--oidc-issuer", "https://login.example")]
    [InlineData("needs both", "--oidc-client-id", "quartier")]
    [InlineData("needs both", "--oidc-client-secret-file", "f")]
    public void What_cannot_be_is_said_so(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => SiloOptions.Parse(args)).Message, StringComparison.Ordinal);
}
