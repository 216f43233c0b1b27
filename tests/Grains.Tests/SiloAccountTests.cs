using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Quartier.Silo;
using Quartier.Silo.Accounts;

namespace Grains.Tests;

/// <summary>A whole silo on loopback: its local key, its first sign-in link, and keys at its MQTT endpoint.</summary>
public sealed class SiloAccountTests : IDisposable
{
    private const byte Success = 0x00;
    private const byte BadUserNameOrPassword = 0x86;

    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-silo-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_directory, "data", LocalKeyFile.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task First_start_makes_key_and_link_and_the_second_keeps_the_key()
    {
        string key;
        await using (var first = await StartAsync())
        {
            key = (await File.ReadAllTextAsync(KeyFile, Token)).Trim();
            Assert.StartsWith($"http://{first.Http}/#/sign-in/ql_", first.SignIn, StringComparison.Ordinal);
            using var anybody = Client(first, null);
            using var signedIn = await anybody.PostAsJsonAsync("api/sign-in", new { token = first.SignIn!.Split('/')[^1] }, Token);
            Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
            Assert.Equal("person:administrator", (await signedIn.Content.ReadFromJsonAsync<JsonNode>(Token))!["principal"]!.GetValue<string>());
        }

        await using var second = await StartAsync();
        Assert.Null(second.SignIn);
        Assert.Equal(key, (await File.ReadAllTextAsync(KeyFile, Token)).Trim());
        using var client = Client(second, key);
        Assert.Equal("local-key", (await client.GetFromJsonAsync<JsonNode>("api/me", Token))!["credential"]!.GetValue<string>());
    }

    [Fact]
    public async Task Key_that_others_may_read_stops_the_start_with_mode_and_remedy()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are Unix's");
            return;
        }

        await (await StartAsync()).DisposeAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        foreach (var (added, octal) in ((UnixFileMode, string)[])[(UnixFileMode.OtherRead, "604"), (UnixFileMode.GroupRead, "640"), (UnixFileMode.GroupWrite, "620")])
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | added);
            var refusal = await Assert.ThrowsAsync<IOException>(StartAsync);
            Assert.Contains($"mode {octal}", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"chmod 600 '{KeyFile}'", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("qk_local_short")]
    [InlineData("qk_other_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void File_without_a_local_key_stops_the_start(string text)
    {
        Directory.CreateDirectory(Path.Combine(_directory, "data"));
        Assert.True(PrivateFile.TryCreate(KeyFile, text));
        var refusal = Assert.Throws<IOException>(() => LocalKeyFile.Open(Path.Combine(_directory, "data"), RandomNumberGenerator.Create()));
        Assert.Contains("Delete it and start again", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refusal.Message, StringComparison.Ordinal);
        Assert.False(PrivateFile.TryCreate(KeyFile, "another"), "a file that is there is never replaced");
    }

    [Fact]
    public async Task Clients_connect_without_credentials_or_with_a_key_as_their_password()
    {
        await using var silo = await StartAsync();
        var local = (await File.ReadAllTextAsync(KeyFile, Token)).Trim();
        using var client = Client(silo, local);
        using var added = await client.PostAsJsonAsync("api/persons", new { id = "a-meier", name = "A. Meier" }, Token);
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        using var answer = await client.PostAsJsonAsync("api/keys", new { person = "a-meier", until = TimeProvider.System.GetUtcNow().AddDays(1) }, Token);
        var made = (await answer.Content.ReadFromJsonAsync<JsonNode>(Token))!;
        var key = made["key"]!.GetValue<string>();
        Assert.Equal(Success, await ConnectAsync(silo, null, null));
        Assert.Equal(Success, await ConnectAsync(silo, "a-meier", key));
        Assert.Equal(Success, await ConnectAsync(silo, "x", local));
        Assert.Equal(BadUserNameOrPassword, await ConnectAsync(silo, "a-meier", key[..^1]));
        Assert.Equal(BadUserNameOrPassword, await ConnectAsync(silo, "a-meier", "secret"));
        Assert.Equal(BadUserNameOrPassword, await ConnectAsync(silo, "a-meier", null));
        using var revoked = await client.DeleteAsync("api/keys/" + made["item"]!["id"]!.GetValue<string>(), Token);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(BadUserNameOrPassword, await ConnectAsync(silo, "a-meier", key));
    }

    private static HttpClient Client(SiloHost silo, string? key)
    {
        var client = new HttpClient { BaseAddress = new($"http://{silo.Http}/") };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        return client;
    }

    /// <summary>Sends CONNECT of MQTT 5 and answers the reason code of CONNACK.</summary>
    private static async Task<byte> ConnectAsync(SiloHost silo, string? user, string? password)
    {
        using var body = new MemoryStream();
        body.Write([0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5]);
        body.WriteByte((byte)(0x02 | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40)));
        body.Write([0, 60, 0]);
        foreach (var text in new[] { "client", user, password }.OfType<string>())
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            body.Write([(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
        }

        using var socket = new TcpClient();
        await socket.ConnectAsync(silo.Mqtt, Token);
        var stream = socket.GetStream();
        await stream.WriteAsync((byte[])[0x10, (byte)body.Length, .. body.ToArray()], Token);
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, Token);
        Assert.Equal(0x20, head[0]);

        // A long reason string takes a second byte of the length.
        if (head[1] < 0x80)
        {
            return head[3];
        }

        var reason = new byte[1];
        await stream.ReadExactlyAsync(reason, Token);
        return reason[0];
    }

    private Task<SiloHost> StartAsync() => SiloHost.StartAsync(new(
        Path.Combine(_directory, "data"), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), _directory, StopWithStdin: false));
}
