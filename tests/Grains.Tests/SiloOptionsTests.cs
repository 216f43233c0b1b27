using Quartier.Silo;
using Quartier.Silo.Accounts;
using Quartier.Silo.Ingest;
using Quartier.Silo.Posture;

namespace Grains.Tests;

public sealed class SiloOptionsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-options-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

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

    [Fact]
    public void Gateways_may_publish_without_proof_only_while_nothing_listens_beyond_loopback()
    {
        var key = Secret();
        string[] tls = ["--tls-certificate", key, "--tls-key", key];
        Assert.Equal(GatewayMode.Local, SiloOptions.Parse([]).Gateways);
        Assert.Equal(GatewayMode.Local, SiloOptions.Parse(["--mqtts", "127.0.0.1:0", .. tls]).Gateways);
        Assert.Equal(GatewayMode.Credentials, SiloOptions.Parse(["--mqtts", "0.0.0.0:8883", .. tls]).Gateways);
        Assert.Equal(GatewayMode.Credentials, SiloOptions.Parse(["--gateways", "credentials"]).Gateways);
        Assert.Equal(GatewayMode.Local, SiloOptions.Parse(["--mqtts", "[::]:8883", .. tls, "--gateways", "local", "--accept-weakness", "local-gateways"]).Gateways);
    }

    [Fact]
    public void Weakness_is_refused_by_name_with_remedy_until_it_is_accepted_by_name()
    {
        var key = Secret();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        string[] tls = ["--tls-certificate", key, "--tls-key", key];
        (string Name, string[] Args)[] weak =
        [
            ("plaintext-http", ["--http", "0.0.0.0:80", "--host-name", "city.example"]),
            ("plaintext-mqtt", ["--mqtt", "[::]:1883"]),
            ("local-gateways", ["--mqtt", "192.0.2.1:1883", "--gateways", "local", "--accept-weakness", "plaintext-mqtt"]),
            ("open-key-file", ["--mqtts", "127.0.0.1:0", .. tls]),
        ];
        foreach (var (name, args) in weak.Where(w => !OperatingSystem.IsWindows() || w.Name != "open-key-file"))
        {
            var refusal = Assert.Throws<ArgumentException>(() => SiloOptions.Parse(args));
            Assert.Contains("--accept-weakness " + name, refusal.Message, StringComparison.Ordinal);
            Assert.Contains(name, SiloOptions.Parse([.. args, "--accept-weakness", name]).AcceptedWeaknesses);
            foreach (var other in WeaknessName.All.Where(o => o != name && !args.Contains(o)))
            {
                Assert.Throws<ArgumentException>(() => SiloOptions.Parse([.. args, "--accept-weakness", other]));
            }
        }
    }

    [Fact]
    public void File_says_the_same_as_the_command_line_which_comes_after_it()
    {
        var file = Config(
            """
            {
              // The machine's own doors.
              "data": "d", "http": "127.0.0.1:81", "host-name": ["a.example", "b.example:8443"], "gateway-messages": 5, "dear-caller": 4, "dear-all": 9, "gateways": "credentials",
              "mqtt-limits": { "MaxConnections": 7, "BanTime": "00:05:00", "BanLoopback": false },
            }
            """);
        var options = SiloOptions.Parse(["--config", file, "--http", "127.0.0.1:82"]);
        Assert.Equal((Path.GetFullPath("d"), "127.0.0.1:82", 5), (options.DataDirectory, options.Http.ToString(), options.GatewayRate.MessagesPerSecond));
        Assert.Equal((4, 6, 9), (options.Questions.Caller, options.Questions.Public, options.Questions.All));
        Assert.Equal(["a.example", "b.example:8443"], options.HostNames);
        Assert.Equal((7, TimeSpan.FromMinutes(5), false), (options.MqttLimits.MaxConnections, options.MqttLimits.BanTime, options.MqttLimits.BanLoopback));
        Assert.Equal(GatewayMode.Credentials, options.Gateways);
    }

    [Theory]
    [InlineData("'dta' is not known", """{"dta": "d"}""")]
    [InlineData("MaxConections", """{"mqtt-limits": {"MaxConections": 5}}""")]
    [InlineData("must lie between", """{"mqtt-limits": {"MaxConnections": 0}}""")]
    [InlineData("data", """{"data": "a", "data": "b"}""")]
    [InlineData("takes a text", """{"data": true}""")]
    [InlineData("not a JSON object", "[]")]
    [InlineData("not what is expected", "nonsense")]
    [InlineData("--gateways takes", """{"gateways": "some"}""")]
    [InlineData("'config' is not known", """{"config": "other"}""")]
    public void File_with_anything_unknown_is_refused_by_name(string expected, string json)
    {
        var file = Config(json);
        var refusal = Assert.Throws<ArgumentException>(() => SiloOptions.Parse(["--config", file]));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
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
    [InlineData("name each name", "--http", "0.0.0.0:80", "--accept-weakness", "plaintext-http")]
    [InlineData("need a certificate", "--https", "127.0.0.1:443")]
    [InlineData("need a certificate", "--mqtts", "127.0.0.1:8883")]
    [InlineData("--tls-certificate FILE and --tls-key FILE", "--mqtts", "127.0.0.1:8883", "--tls-certificate", "x")]
    [InlineData("is missing", "--mqtts", "127.0.0.1:8883", "--tls-pfx", "/nowhere/x.pfx")]
    [InlineData("--accept-weakness knows", "--accept-weakness", "everything")]
    [InlineData("--host-name takes", "--host-name", "https://city.example/")]
    [InlineData("comes first", "--data", "x", "--config", "f")]
    [InlineData("cannot be read", "--config", "/nowhere/quartier.json")]
    [InlineData("whole number", "--gateway-messages", "-1")]
    [InlineData("whole number", "--public-rate", "-1")]
    [InlineData("whole number", "--account-rate", "many")]
    [InlineData("from 1 to 1000", "--dear-caller", "0")]
    [InlineData("from 1 to 1000", "--dear-public", "1001")]
    [InlineData("from 1 to 1000", "--dear-all", "many")]
    [InlineData("takes an https address", "--oidc-issuer", "http://login.example")]
    [InlineData("takes an https address", "--oidc-issuer", "login.example")]
    [InlineData("needs both", "--oidc-issuer", "https://login.example")]
    [InlineData("needs both", "--oidc-client-id", "quartier")]
    [InlineData("needs both", "--oidc-client-secret-file", "f")]
    public void What_cannot_be_is_said_so(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => SiloOptions.Parse(args)).Message, StringComparison.Ordinal);

    private string Secret()
    {
        var path = Path.Combine(_directory, Guid.NewGuid().ToString("N"));
        Assert.True(PrivateFile.TryCreate(path, "secret"));
        return path;
    }

    private string Config(string json)
    {
        var path = Path.Combine(_directory, "quartier.json");
        File.WriteAllText(path, json);
        return path;
    }
}
