using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Mqtt;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Tls;

namespace Grains.Tests.Gateways;

/// <summary>Gateways that prove themselves, and those that do not, with mosquitto's clients, OpenSSL and a whole silo over TLS.</summary>
public sealed class GatewaySecurityTests : IDisposable
{
    private const string S = "v1/town/g/s";

    /// <summary>Nothing takes that long, however busy the machine is.</summary>
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(5);

    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-secure-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Gateway_publishes_by_certificate_or_password_below_its_own_topics_alone()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var (certificate, key, _) = await silo.EnrolAsync("g");
        var password = await silo.PasswordAsync("h");
        string[] asG = [.. silo.Server(), "--cert", certificate, "--key", key, "-q", "1"];
        string[] asH = [.. silo.Server(), "-u", "town/h", "-P", password, "-q", "1"];
        await Peer.SucceedAsync("mosquitto_pub", [.. asG, "-t", S, "-m", "{\"v\":1}"]);
        await Peer.SucceedAsync("mosquitto_pub", [.. asH, "-t", "v1/town/h/s", "-m", "{\"v\":2}"]);
        Assert.Contains("Not authorized", (await Peer.RunAsync("mosquitto_pub", [.. asG, "-t", "v1/town/h/s", "-m", "{\"v\":3}"])).Said, StringComparison.Ordinal);
        Assert.Contains("Not authorized", (await Peer.RunAsync("mosquitto_pub", [.. asH, "-t", S, "-m", "{\"v\":4}"])).Said, StringComparison.Ordinal);
        Assert.Equal((1, 1), (await silo.ReceivedAsync("g"), await silo.ReceivedAsync("h")));
        Assert.Equal(["g foreign-topic 1", "h foreign-topic 1"], await StrangersAsync(silo, refused: 2));
    }

    [Fact]
    public async Task Gateway_subscribes_below_its_own_topics_alone()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var password = await silo.PasswordAsync("g");
        string[] asG = [.. silo.Server(), "-u", "town/g", "-P", password, "-E", "-d"];
        foreach (var filter in new[] { "v1/town/h/#", "#", "v1/+/g/#", "v1/town/#", "v1/town/gg/#", "$SYS/#" })
        {
            Assert.Contains(": 135", (await Peer.RunAsync("mosquitto_sub", [.. asG, "-t", filter])).Said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(": 135", (await Peer.RunAsync("mosquitto_sub", [.. asG, "-t", "v1/town/g/#"])).Said, StringComparison.Ordinal);
        Assert.Equal(["g foreign-topic 6"], await StrangersAsync(silo, refused: 6));
    }

    [Fact]
    public async Task Who_proves_nothing_or_wrongly_gets_no_connection()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var (certificate, key, _) = await silo.EnrolAsync("g");
        await silo.PasswordAsync("h");
        var foreign = silo.Authority.Issue("town/g");
        string[] wrongAuthority = ["--cert", silo.Write("foreign.crt", foreign.Certificate), "--key", silo.Write("foreign.key", foreign.Key)];
        string[][] wrong =
        [
            [],
            ["-u", "town/h", "-P", "wrong"],
            ["-u", "town/g", "-P", "it has a certificate alone"],
            ["-u", "town/nobody", "-P", "x"],
            wrongAuthority,
            ["--cert", certificate, "--key", key, "-u", "town/h"],
        ];
        foreach (var credential in wrong)
        {
            var (code, said) = await Peer.RunAsync("mosquitto_pub", [.. silo.Server(), .. credential, "-q", "1", "-t", S, "-m", "{\"v\":1}"]);
            Assert.True(code != 0, $"{string.Join(' ', credential)}: {said}");
        }

        Assert.Equal(0, await silo.ReceivedAsync("g"));
    }

    [Fact]
    public async Task Revoking_ends_open_connections_and_everything_that_comes_after()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var (certificate, key, _) = await silo.EnrolAsync("g");
        string[] asG = [.. silo.Server(), "--cert", certificate, "--key", key];
        var endpoint = silo.Host.Services.GetRequiredService<MqttEndpoint>();
        using var subscriber = Peer.Start("mosquitto_sub", [.. asG, "-t", "v1/town/g/#"]);
        await UntilAsync(() => endpoint.SubscriptionCount == 1);
        Assert.DoesNotContain(endpoint.Counters.ClosedByServer, c => c.Key == ReasonCode.AdministrativeAction);
        await silo.RevokeAsync("g");
        await UntilAsync(() => endpoint.SubscriptionCount == 0);
        Assert.Contains(endpoint.Counters.ClosedByServer, c => c.Key == ReasonCode.AdministrativeAction);
        subscriber.Kill();
        Assert.NotEqual(0, (await Peer.RunAsync("mosquitto_pub", [.. asG, "-q", "1", "-t", S, "-m", "{\"v\":1}"])).Code);
        var gateway = (await silo.GetAsync("api/cities/town/gateways")).AsArray().Single(g => g!["id"]!.GetValue<string>() == "g")!;
        Assert.Equal("ended", gateway["state"]!.GetValue<string>());
        Assert.Equal("revoked", gateway["credentials"]![0]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task New_password_ends_the_one_before()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var first = await silo.PasswordAsync("g");
        await Peer.SucceedAsync("mosquitto_pub", [.. silo.Server(), "-u", "town/g", "-P", first, "-q", "1", "-t", S, "-m", "{\"v\":1}"]);
        var second = await silo.PasswordAsync("g");
        Assert.NotEqual(0, (await Peer.RunAsync("mosquitto_pub", [.. silo.Server(), "-u", "town/g", "-P", first, "-q", "1", "-t", S, "-m", "{\"v\":1}"])).Code);
        await Peer.SucceedAsync("mosquitto_pub", [.. silo.Server(), "-u", "town/g", "-P", second, "-q", "1", "-t", S, "-m", "{\"v\":2}"]);
    }

    [Fact]
    public async Task Renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var before = await ShownAsync(silo.Host.Listeners.Mqtts!);
        silo.Certificate.Look();
        Assert.Equal(before, await ShownAsync(silo.Host.Listeners.Mqtts!));
        silo.WriteCertificate(silo.Authority.Issue("localhost"));
        silo.Certificate.Look();
        var renewed = await ShownAsync(silo.Host.Listeners.Mqtts!);
        Assert.NotEqual(before, renewed);
        Assert.Equal(renewed, await ShownAsync(silo.Host.Listeners.Https!));

        string[] broken = ["", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----", silo.Authority.Issue("other").Certificate, silo.Authority.Issue("localhost", TimeSpan.FromDays(-1), TimeSpan.FromHours(-1)).Certificate];
        foreach (var text in broken)
        {
            silo.Write("server.crt", text);
            silo.Certificate.Look();
            Assert.NotNull(silo.Certificate.Fault);
            Assert.Equal(renewed, await ShownAsync(silo.Host.Listeners.Mqtts!));
            var check = (await silo.GetAsync("health"))["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "certificate")!;
            Assert.Equal("degraded", check["status"]!.GetValue<string>());
        }

        silo.WriteCertificate(silo.Authority.Issue("localhost"));
        silo.Certificate.Look();
        Assert.Null(silo.Certificate.Fault);
        Assert.NotEqual(renewed, await ShownAsync(silo.Host.Listeners.Mqtts!));
    }

    [Fact]
    public async Task Only_tls_1_2_and_1_3_are_spoken_and_only_the_protocol_of_the_door()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        foreach (var door in new[] { silo.Host.Listeners.Https!, silo.Host.Listeners.Mqtts! })
        {
            string[] client = ["s_client", "-connect", $"{door}", "-CAfile", silo.AuthorityFile, "-verify_return_error", "-brief"];
            await Peer.SucceedAsync("openssl", [.. client, "-tls1_3"]);
            await Peer.SucceedAsync("openssl", [.. client, "-tls1_2"]);
            Assert.NotEqual(0, (await Peer.RunAsync("openssl", [.. client, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])).Code);
            Assert.NotEqual(0, (await Peer.RunAsync("openssl", [.. client, "-tls1", "-cipher", "ALL:@SECLEVEL=0"])).Code);
        }

        await Peer.SucceedAsync("openssl", "s_client", "-connect", $"{silo.Host.Listeners.Mqtts}", "-CAfile", silo.AuthorityFile, "-alpn", "mqtt", "-brief");
        Assert.NotEqual(0, (await Peer.RunAsync("openssl", "s_client", "-connect", $"{silo.Host.Listeners.Mqtts}", "-alpn", "http/1.1", "-brief")).Code);
        Assert.NotEqual(0, (await Peer.RunAsync("openssl", "s_client", "-connect", $"{silo.Host.Listeners.Https}", "-alpn", "mqtt", "-brief")).Code);
    }

    [Fact]
    public async Task Address_is_banned_after_wrong_passwords_and_a_certificate_still_passes()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var (certificate, key, _) = await silo.EnrolAsync("g");
        var password = await silo.PasswordAsync("h");
        for (var i = 0; i < 10; i++)
        {
            var (_, said) = await Peer.RunAsync("mosquitto_pub", [.. silo.Server(), "-u", "town/h", "-P", $"guess-{i}", "-t", S, "-m", "x"]);
            Assert.DoesNotContain("anned", said, StringComparison.Ordinal);
        }

        var banned = await Peer.RunAsync("mosquitto_pub", [.. silo.Server(), "-u", "town/h", "-P", password, "-t", S, "-m", "x"]);
        Assert.NotEqual(0, banned.Code);
        await Peer.SucceedAsync("mosquitto_pub", [.. silo.Server(), "--cert", certificate, "--key", key, "-q", "1", "-t", S, "-m", "{\"v\":1}"]);
        var posture = await silo.GetAsync("api/posture");
        Assert.Equal("127.0.0.1", posture["banned"]![0]!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Paho_publishes_over_tls_and_over_websocket_with_tls()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var (certificate, key, _) = await silo.EnrolAsync("g");
        var password = await silo.PasswordAsync("g");
        var script = Path.Combine(AppContext.BaseDirectory, "Gateways", "paho_tls.py");
        string[][] ways =
        [
            [$"{silo.Host.Listeners.Mqtts!.Port}", "tcp", silo.AuthorityFile, "", "", certificate, key],
            [$"{silo.Host.Listeners.Mqtts!.Port}", "tcp", silo.AuthorityFile, "town/g", password, "", ""],
            [$"{silo.Host.Listeners.Https!.Port}", "websockets", silo.AuthorityFile, "town/g", password, "", ""],
        ];
        foreach (var way in ways)
        {
            Assert.Equal("published\n", await Peer.SucceedAsync("/usr/bin/python3", [script, .. way]));
        }

        Assert.Equal(3, await silo.ReceivedAsync("g"));
    }

    [Fact]
    public async Task Posture_names_listeners_certificates_and_gateways_without_a_credential()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        await silo.PasswordAsync("g");
        var posture = await silo.GetAsync("api/posture");
        Assert.Equal(["http", "https", "mqtt", "mqtts"], posture["listeners"]!.AsArray().Select(l => l!["name"]!.GetValue<string>()));
        Assert.Equal(["server", "gateway-authority"], posture["certificates"]!.AsArray().Select(l => l!["use"]!.GetValue<string>()));
        Assert.Equal(["town/h"], posture["withoutCredential"]!.AsArray().Select(l => l!.GetValue<string>()));
        Assert.Contains("gateways-without-credential", posture["weaknesses"]!.AsArray().Select(w => w!["name"]!.GetValue<string>()));
        using var anybody = new HttpClient { BaseAddress = silo.Http.BaseAddress };
        using var refused = await anybody.GetAsync("api/posture", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Key_of_the_authority_is_its_owners_alone_and_never_in_an_answer()
    {
        await using var silo = await SecureSilo.StartAsync(_directory);
        var path = Path.Combine(silo.PathOf("data"), GatewayAuthorityFiles.KeyName);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await silo.EnrolAsync("g");
        var secret = (await File.ReadAllLinesAsync(path, Token))[1];
        Assert.DoesNotContain(secret, (await silo.GetAsync("api/posture")).ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string[]> StrangersAsync(SecureSilo silo, long refused)
    {
        // Refusals are reported once a second, so that some may come before the others: the books are asked until all have come.
        using var hung = new CancellationTokenSource(Hung);
        while (true)
        {
            hung.Token.ThrowIfCancellationRequested();
            var books = await silo.GetAsync("api/cities/town/books");
            var strangers = books["strangers"]!.AsArray();
            if (strangers.Sum(s => s!["count"]!.GetValue<long>()) >= refused && books["balanced"]!.GetValue<bool>())
            {
                return [.. strangers.Select(Show).Order(StringComparer.Ordinal)];
            }
        }

        static string Show(JsonNode? s) => $"{s!["gateway"]!.GetValue<string>()} {s["reason"]!.GetValue<string>()} {s["count"]!.GetValue<long>()}";
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var hung = new CancellationTokenSource(Hung);
        while (!condition())
        {
            hung.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<string> ShownAsync(IPEndPoint door)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(door, Token);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = SslProtocols.None,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
            Token);
        return tls.RemoteCertificate!.GetCertHashString();
    }
}
