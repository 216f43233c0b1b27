using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mqtt.Tests.Peers;
using Quartier.Silo.Accounts;
using Quartier.Silo.Bridges;

namespace Grains.Tests.Bridges;

/// <summary>The whole way: a real mosquitto, the server's own program, and what the books say in the end.</summary>
public sealed class BridgeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-bridge-").FullName;
    private readonly long _startMs = TimeProvider.System.GetUtcNow().AddHours(-2).ToUnixTimeMilliseconds();
    private int _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_directory, "data");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [PeerFact]
    public async Task Nothing_published_is_lost_while_either_side_is_killed_or_restarted()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await using (var silo = await BridgedSilo.StartAsync(Data))
        {
            await silo.ApplyAsync(Plain(broker));
            await silo.ConnectedAsync();
            await broker.PublishAsync("werk/s1", Lines(500));
            await silo.StoredAsync(500);

            // In the middle of a stream, with messages read and not acknowledged.
            var publishing = broker.PublishAsync("werk/s2", Lines(3_000));
            await silo.StoredAsync(1_000);
            await silo.KillAsync();
            await publishing;
        }

        await broker.PublishAsync("werk/s1", Lines(500));
        await broker.StopAsync();
        await broker.StartAgainAsync();
        await using (var silo = await BridgedSilo.StartAsync(Data))
        {
            await silo.StoredAsync(4_000);
            await broker.StopAsync();
            await BridgedSilo.UntilAsync(silo.BridgeAsync, b => !b["connected"]!.GetValue<bool>());
            await broker.StartAgainAsync();
            await broker.PublishAsync("werk/s1", Lines(500));
            await silo.ConnectedAsync();
            await silo.StoredAsync(4_500);
            var books = await silo.BooksAsync();
            Assert.True(books["balanced"]!.GetValue<bool>(), books.ToString());
            Assert.Equal(4_500, books["stored"]!.GetValue<long>());
            Assert.Equal(0, (await silo.BridgeAsync())["lostSessions"]!.GetValue<long>());
        }
    }

    [PeerFact]
    public async Task State_refusals_and_what_the_broker_kept_are_visible()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await PeerProcess.RunAsync("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{broker.Port}", "-t", "werk/s1", "-r", "-q", "1", "-m", "{\"v\":1}");
        await using var silo = await BridgedSilo.StartAsync(Data);
        await silo.ApplyAsync(Plain(broker, "subscribe: ['werk/#']"));
        await silo.ConnectedAsync();
        await broker.PublishAsync("werk/status/line", ["nothing"]);
        await broker.PublishAsync("werk/unknown", ["{\"v\":1}"]);
        await broker.PublishAsync("werk/s1", ["not JSON", "{\"v\":2}"]);
        await silo.StoredAsync(1);
        var bridge = await BridgedSilo.UntilAsync(silo.BridgeAsync, b => b["messages"]!.GetValue<long>() == 4);
        Assert.Equal((2, 1), (bridge["refused"]!.GetValue<int>(), bridge["retained"]!.GetValue<int>()));
        var books = await BridgedSilo.UntilAsync(silo.BooksAsync, b => b["strangers"]!.AsArray().Count == 2);
        var details = books["strangers"]!.AsArray().Select(s => s!["detail"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("No sensor 'unknown' is registered behind the gateway 'g'.", details);
        Assert.Contains(details, d => d.StartsWith("not JSON at byte", StringComparison.Ordinal));
        Assert.Equal("b", books["bridges"]![0]!["id"]!.GetValue<string>());
        Assert.Contains("quartier_bridge_connected{city=\"town\",bridge=\"b\"} 1", await silo.TextAsync("metrics"), StringComparison.Ordinal);
        await broker.StopAsync();
        await BridgedSilo.UntilAsync(silo.BridgeAsync, b => !b["connected"]!.GetValue<bool>());
        Assert.Contains("town/b", await silo.TextAsync("health"), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Wrong_password_is_told_and_the_right_one_is_taken_without_a_restart()
    {
        var passwords = Path.Combine(_directory, "passwords");
        await PeerProcess.RunAsync("mosquitto_passwd", "-b", "-c", passwords, "stadt", "right");
        await using var broker = await Mosquitto.StartAsync(_directory, $"password_file {passwords}");
        await using var silo = await BridgedSilo.StartAsync(Data);
        WriteSecret("password", "wrong");
        await silo.ApplyAsync(Plain(broker, "user: stadt, passwordFile: password"));
        var bridge = await BridgedSilo.UntilAsync(silo.BridgeAsync, b => b["lastError"] is not null);
        Assert.Equal("The broker does not permit this client; ask for its user name, password or certificate.", bridge["lastError"]!.GetValue<string>());
        File.Delete(Path.Combine(Data, "bridges", "town", "password"));
        WriteSecret("password", "right");
        await silo.ConnectedAsync();
        Assert.DoesNotContain("right", (await silo.BridgeAsync()).ToString(), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Secret_that_others_may_read_keeps_the_bridge_closed()
    {
        await using var broker = await Mosquitto.StartAsync(_directory);
        await using var silo = await BridgedSilo.StartAsync(Data);
        WriteSecret("password", "any");
        SetMode(Path.Combine(Data, "bridges", "town", "password"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await silo.ApplyAsync(Plain(broker, "user: stadt, passwordFile: password"));
        var bridge = await BridgedSilo.UntilAsync(silo.BridgeAsync, b => b["lastError"] is not null);
        Assert.Contains("chmod 600", bridge["lastError"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Line_is_encrypted_with_an_authority_and_a_certificate_of_ones_own()
    {
        using var authority = Authority("Town");
        using var stranger = Authority("Stranger");
        await using var silo = await BridgedSilo.StartAsync(Data);
        Directory.CreateDirectory(Path.Combine(Data, "bridges", "town"));
        await WriteCertificateAsync(authority, _directory, "server");
        await WriteCertificateAsync(authority, Path.Combine(Data, "bridges", "town"), "client");
        await File.WriteAllTextAsync(Path.Combine(_directory, "ca.pem"), authority.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(Path.Combine(Data, "bridges", "town", "ca.pem"), stranger.ExportCertificatePem(), Token);
        await using var broker = await Mosquitto.StartAsync(
            _directory, $"cafile {_directory}/ca.pem", $"certfile {_directory}/server.pem", $"keyfile {_directory}/server.key", "require_certificate true");
        var tls = $"{{id: b, name: B, gateway: g, host: localhost, port: {broker.Port}, clientId: town, authorityFile: ca.pem, certificateFile: client.pem, keyFile: client.key}}";
        await silo.ApplyAsync(tls);
        var bridge = await BridgedSilo.UntilAsync(silo.BridgeAsync, b => b["lastError"] is not null);
        Assert.Contains("certificate", bridge["lastError"]!.GetValue<string>(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(Data, "bridges", "town", "ca.pem"), authority.ExportCertificatePem(), Token);
        await silo.ConnectedAsync();
        string[] asClient = ["--cafile", $"{_directory}/ca.pem", "--cert", Path.Combine(Data, "bridges", "town", "client.pem"), "--key", Path.Combine(Data, "bridges", "town", "client.key")];
        await PeerProcess.RunAsync("mosquitto_pub", ["-h", "localhost", "-p", $"{broker.Port}", "-t", "werk/s1", "-q", "1", "-m", Lines(1).Single(), .. asClient]);
        await silo.StoredAsync(1);
    }

    [Fact]
    public void Waits_double_up_to_a_minute_and_are_spread()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.25), Backoff.Wait(1, 0));
        Assert.Equal([1.0, 2, 4, 8, 16, 32, 60, 60, 60], Enumerable.Range(1, 9).Select(i => Backoff.Wait(i, 1).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(1), Backoff.Wait(int.MaxValue, 1));
        foreach (var failures in Enumerable.Range(1, 100))
        {
            Assert.InRange(Backoff.Wait(failures, 0.5), TimeSpan.FromSeconds(0.25), Backoff.Most);
        }
    }

    private static string Plain(Mosquitto broker, string more = "keepAlive: PT30S") =>
        string.Create(CultureInfo.InvariantCulture, $"{{id: b, name: B, gateway: g, host: 127.0.0.1, port: {broker.Port}, clientId: town, plaintext: true, {more}}}");

    private IEnumerable<string> Lines(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{_startMs + _sent++},\"v\":{i % 50}}}");
        }
    }

    private void WriteSecret(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(Data, "bridges", "town"));
        Assert.True(PrivateFile.TryCreate(Path.Combine(Data, "bridges", "town", name), text));
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    private static async Task WriteCertificateAsync(X509Certificate2 authority, string directory, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(Path.Combine(directory, name + ".pem"), certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(Path.Combine(directory, name + ".key"), key.ExportPkcs8PrivateKeyPem(), Token);
        SetMode(Path.Combine(directory, name + ".key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}
