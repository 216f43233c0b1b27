using Quartier.Contracts.Gateways;
using Quartier.Contracts.Principals;
using Quartier.Storage;

namespace Grains.Tests.Gateways;

/// <summary>Credentials in city.db: what is kept, what takes whose place, what is forgotten.</summary>
public sealed class GatewayCredentialStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-credentials-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Credentials_survive_a_restart_whole()
    {
        var password = Password(1, "g");
        var certificate = Certificate(2, "g", until: 50);
        using (var store = Open())
        {
            Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(password, Token));
            Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(certificate, Token));
            Assert.Equal(AccountOutcome.Exists, await store.Gateways.AddAsync(certificate, Token));
            await store.Gateways.NoteUseAsync(password.Id, 20_000, Token);
        }

        using var again = Open();
        var listed = await again.Gateways.ListAsync("town", Token);
        Assert.Equal([password.Id, certificate.Id], listed.Select(c => c.Id));
        Assert.Equal(20_000, listed[0].LastUsedDay);
        Assert.Equal(password.Digest, listed[0].Digest);
        Assert.Equal(password.Salt, listed[0].Salt);
        Assert.Equal((7, long.MaxValue), (listed[0].Iterations, listed[0].UntilMs));
        Assert.Equal(certificate.Digest, listed[1].Digest);
        Assert.Empty(listed[1].Salt);
        Assert.Equal(50, listed[1].UntilMs);
        Assert.Empty(await again.Gateways.ListAsync("elsewhere", Token));
        Assert.Equal(2, (await again.Gateways.ListAsync(null, Token)).Count);
    }

    [Fact]
    public async Task New_password_takes_the_place_of_the_one_before_and_of_no_other_gateways()
    {
        using var store = Open();
        await store.Gateways.AddAsync(Password(1, "g"), Token);
        await store.Gateways.AddAsync(Password(2, "h"), Token);
        await store.Gateways.AddAsync(Password(3, "g"), Token);
        Assert.Equal("p3", (await store.Gateways.FindPasswordAsync("town", "g", Token))!.Id);
        Assert.Equal("p2", (await store.Gateways.FindPasswordAsync("town", "h", Token))!.Id);
        Assert.Equal(3, (await store.Gateways.FindAsync("p1", Token))!.RevokedMs);
        Assert.Null(await store.Gateways.FindPasswordAsync("elsewhere", "g", Token));
    }

    [Fact]
    public async Task Revoked_stays_revoked_since_the_first_time_and_is_known()
    {
        using var store = Open();
        await store.Gateways.AddAsync(Password(1, "g"), Token);
        Assert.Equal(AccountOutcome.Done, await store.Gateways.RevokeAsync("p1", 5, Token));
        Assert.Equal(AccountOutcome.Done, await store.Gateways.RevokeAsync("p1", 9, Token));
        Assert.Equal(AccountOutcome.Unknown, await store.Gateways.RevokeAsync("p2", 9, Token));
        Assert.Equal(5, (await store.Gateways.FindAsync("p1", Token))!.RevokedMs);
        Assert.Null(await store.Gateways.FindPasswordAsync("town", "g", Token));
        Assert.Single(await store.Gateways.ListAsync("town", Token));
    }

    [Fact]
    public async Task Ended_ones_make_room_and_valid_ones_do_not()
    {
        using var store = Open();
        for (var i = 1; i <= GatewayLimits.CredentialsMax * 2; i++)
        {
            Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(Password(i, "g"), Token));
        }

        Assert.Equal(GatewayLimits.CredentialsMax, (await store.Gateways.ListAsync("town", Token)).Count);
        for (var i = 1; i < GatewayLimits.CredentialsMax; i++)
        {
            Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(Certificate(1_000 + i, "g", until: 10_000), Token));
        }

        Assert.Equal(AccountOutcome.Full, await store.Gateways.AddAsync(Certificate(2_000, "g", until: 10_000), Token));
        Assert.NotNull(await store.Gateways.FindPasswordAsync("town", "g", Token));
        Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(Password(3_000, "g"), Token));
        Assert.Equal(AccountOutcome.Done, await store.Gateways.AddAsync(Certificate(20_000, "g", until: 30_000), Token));
    }

    private static GatewayCredential Password(int n, string gateway) =>
        new($"p{n}", "town", gateway, GatewayCredentialKind.Password, [1, 2, (byte)n], [3, 4], 7, n, long.MaxValue, null, null);

    private static GatewayCredential Certificate(int n, string gateway, long until) =>
        new($"c{n}", "town", gateway, GatewayCredentialKind.Certificate, [5, (byte)n], [], 0, n, until, null, null);

    private EmbeddedStore Open() => EmbeddedStore.Open(Path.Combine(_directory, "data"));
}
