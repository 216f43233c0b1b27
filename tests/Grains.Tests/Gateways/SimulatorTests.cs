using System.Text;
using Quartier.Gateway.Commands;
using Quartier.Gateway.Credentials;
using Quartier.Gateway.Load;
using Quartier.Gateway.Mqtt;

namespace Grains.Tests.Gateways;

/// <summary>The gateway simulator against a silo with TLS where every client must prove itself.</summary>
public sealed class SimulatorTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-simulator-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Gateways_prove_themselves_by_password_and_certificate_over_tls()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var city = new StringWriter();
        LoadCity.Write(city, 2, 1, withRules: false);
        using var content = new StringContent(city.ToString(), Encoding.UTF8, "application/yaml");
        using var applied = await silo.Http.PutAsync($"api/cities/{LoadCity.Id}/registry", content, Token);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync(Token));
        silo.Write($"{LoadCity.Id}-g0.password", await silo.PasswordAsync("g0", LoadCity.Id) + "\n");
        await silo.EnrolAsync("g1", LoadCity.Id);
        var record = silo.PathOf("record");
        string[] line =
        [
            "--mqtt", $"localhost:{silo.Host.Listeners.Mqtts!.Port}", "--ca", silo.AuthorityFile, "--credentials", _directory,
            "--gateways", "2", "--sensors", "1", "--seconds", "0.2", "--single", "--record", record,
        ];
        Assert.Equal(0, await LoadCommand.Create().Parse(line).InvokeAsync(null, Token));
        var books = await silo.GetAsync($"api/cities/{LoadCity.Id}/books");
        Assert.All(books["gateways"]!.AsArray(), g => Assert.True(g!["received"]!.GetValue<long>() > 0 && g["balanced"]!.GetValue<bool>(), g.ToString()));
        Assert.Empty(books["strangers"]!.AsArray());
        Assert.True(new FileInfo(record).Length > 0);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_once()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        silo.Write("town-g.password", "not " + await silo.PasswordAsync("g"));
        var known = GatewayCredentials.In(_directory).Of("town", "g");
        var trust = new ServerTrust(GatewayCredentials.Authorities(silo.AuthorityFile));
        Assert.Contains("0x86", await ProblemAsync(Options(silo) with { Credential = known, Trust = trust }), StringComparison.Ordinal);
        Assert.Contains("0x87", await ProblemAsync(Options(silo) with { Trust = trust }), StringComparison.Ordinal);
        Assert.Contains("--ca", await ProblemAsync(Options(silo) with { Credential = known, Trust = new ServerTrust(null) }), StringComparison.Ordinal);
        using var stranger = new TestAuthority();
        var other = new ServerTrust(GatewayCredentials.Authorities(silo.Write("stranger.pem", stranger.Pem)));
        Assert.Contains("--ca", await ProblemAsync(Options(silo) with { Credential = known, Trust = other }), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_or_open_to_others_are_named()
    {
        Assert.Contains("no folder", Assert.Throws<IOException>(() => GatewayCredentials.In(Path.Combine(_directory, "none"))).Message, StringComparison.Ordinal);
        var credentials = GatewayCredentials.In(_directory);
        Assert.Contains("'g'", Assert.Throws<IOException>(() => credentials.Of("town", "g")).Message, StringComparison.Ordinal);
        var file = Path.Combine(_directory, "town-g.password");
        File.WriteAllText(file, "secret\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600", Assert.Throws<IOException>(() => credentials.Of("town", "g")).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        var found = credentials.Of("town", "g");
        Assert.Equal(("town/g", "secret"), (found.UserName, Encoding.UTF8.GetString(found.Password!.Value.Span)));
        File.WriteAllText(Path.Combine(_directory, "ca.pem"), "nothing");
        Assert.Throws<IOException>(() => GatewayCredentials.Authorities(Path.Combine(_directory, "ca.pem")));
    }

    [Theory]
    [InlineData("192.0.2.1:1883", true)]
    [InlineData("127.0.0.1:1883", false)]
    public void Credentials_do_not_cross_the_network_in_clear(string address, bool refused)
    {
        foreach (var command in new[] { LoadCommand.Create(), ReplayCommand.Create() })
        {
            Assert.Equal(refused, command.Parse(["--mqtt", address, "--credentials", _directory]).Errors.Count > 0);
            Assert.Empty(command.Parse(["--mqtt", address, "--credentials", _directory, "--tls"]).Errors);
        }
    }

    private static MqttPublisherOptions Options(SecureSilo silo) => new("localhost", silo.Host.Listeners.Mqtts!.Port, "g");

    private static async Task<string> ProblemAsync(MqttPublisherOptions options)
    {
        await using var publisher = new MqttPublisher(options, TimeProvider.System);
        return (await Assert.ThrowsAsync<MqttConnectionException>(() => publisher.ConnectAsync(Token))).Message;
    }
}
