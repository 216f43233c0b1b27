using System.Collections.Immutable;
using System.Text;
using Quartier.Contracts.Principals;

namespace Quartier.Storage.Tests;

/// <summary>Accounts in city.db: what is stored comes back, what must be unique is, and bounds hold.</summary>
public sealed class AccountStoreTests
{
    private const long Now = 1_782_907_200_000;
    private const long Day = 86_400_000;

    private static readonly ImmutableArray<byte> Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly Person Anna = new(
        "a-meier", "Änne O'Meier", ["mobilitaet", "umwelt"], [Role.Administrator, Role.DataProtectionOfficer], "muenster", "https://login.example", "s-1", "anna@stadt.example", Enabled: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_could_act_as_whom_is_kept_once_for_each_pair_and_for_a_month()
    {
        using var directory = new TemporaryDirectory();
        var month = (long)AccountLimits.ChangesCount.TotalMilliseconds;
        using (var store = await EmbeddedStore.OpenAsync(directory.Path))
        {
            await store.AccountChanges.NoteAsync(new("bert", "person:anna", 5), default);
            await store.AccountChanges.NoteAsync(new("bert", "person:anna", 10), default);
            await store.AccountChanges.NoteAsync(new("bert", "person:carl", 20), default);
        }

        using var again = await EmbeddedStore.OpenAsync(directory.Path);
        Assert.Equal([new("bert", "person:anna", 10), new("bert", "person:carl", 20)], await again.AccountChanges.SinceAsync(0, default));
        Assert.Equal([new AccountChange("bert", "person:carl", 20)], await again.AccountChanges.SinceAsync(11, default));
        await again.AccountChanges.NoteAsync(new("dora", "person:anna", 15 + month), default);
        Assert.Equal(["person:carl", "person:anna"], (await again.AccountChanges.SinceAsync(0, default)).Select(c => c.By));
    }

    [Fact]
    public async Task What_is_stored_comes_back_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var bare = new Person("b", "B", [], [], null, null, null, null, Enabled: false);
        var key = new ApiKey("k1", Hash, "b", null, null, Now, Now + Day, null, null);
        var contract = new ApiKey("k2", Hash, null, "muenster", "wetter", Now + 1, Now + Day, null, null);
        using (var store = EmbeddedStore.Open(directory.Path))
        {
            var accounts = store.Accounts;
            Assert.Equal(AccountOutcome.Done, await accounts.AddPersonAsync(bare, Token));
            Assert.Equal(AccountOutcome.Done, await accounts.AddPersonAsync(Anna, Token));
            Assert.Equal(AccountOutcome.Done, await accounts.AddKeyAsync(key, Token));
            Assert.Equal(AccountOutcome.Done, await accounts.AddKeyAsync(contract, Token));
            await accounts.NoteKeyUseAsync("k1", 20_000, Token);
            Assert.Equal(AccountOutcome.Done, await accounts.RevokeKeyAsync("k2", Now + 2, Token));
            Assert.Equal(AccountOutcome.Done, await accounts.RevokeKeyAsync("k2", Now + 9, Token));
            Assert.Equal(AccountOutcome.Unknown, await accounts.RevokeKeyAsync("k3", Now, Token));
            Assert.Empty(await accounts.AddSessionAsync(new("s", Hash, "b", Now, Now, null), Token));
            await accounts.NoteSessionUseAsync("s", Now + 5, Token);
            await accounts.AddLinkAsync(new("l", Hash, "b", Now + 3, null), Token);
        }

        using var again = EmbeddedStore.Open(directory.Path);
        Assert.Equal([Text(Anna), Text(bare)], (await again.Accounts.ListPersonsAsync(Token)).Select(Text));
        Assert.Equal(
            [Text(key with { LastUsedDay = 20_000 }), Text(contract with { RevokedMs = Now + 2 })], (await again.Accounts.ListKeysAsync(Token)).Select(Text));
        Assert.Equal(Hash, (await again.Accounts.FindKeyAsync("k1", Token))!.Hash);
        Assert.Equal(Now + 5, (await again.Accounts.FindSessionAsync("s", Token))!.SeenMs);
        Assert.Equal(("b", Now + 3), ((await again.Accounts.FindLinkAsync("l", Token))!.Person, (await again.Accounts.FindLinkAsync("l", Token))!.UntilMs));
        Assert.Null(await again.Accounts.FindPersonAsync("c", Token));
    }

    [Fact]
    public async Task Identity_belongs_to_one_person()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var accounts = store.Accounts;
        await accounts.AddPersonAsync(Anna, Token);
        var other = Anna with { Id = "other", Subject = null, Issuer = null, Email = null };
        Assert.Equal(AccountOutcome.Exists, await accounts.AddPersonAsync(Anna, Token));
        Assert.Equal(AccountOutcome.Unknown, await accounts.ChangePersonAsync(other, Token));
        Assert.Equal(AccountOutcome.SubjectTaken, await accounts.AddPersonAsync(Anna with { Id = "other", Email = null }, Token));
        Assert.Equal(AccountOutcome.EmailTaken, await accounts.AddPersonAsync(other with { Email = "ANNA@stadt.example" }, Token));
        Assert.Equal(AccountOutcome.Done, await accounts.AddPersonAsync(other, Token));
        Assert.Equal(AccountOutcome.SubjectTaken, await accounts.ChangePersonAsync(other with { Issuer = "https://login.example", Subject = "s-1" }, Token));
        Assert.Equal(AccountOutcome.Done, await accounts.ChangePersonAsync(other with { Issuer = "https://else.example", Subject = "s-1" }, Token));
        Assert.Equal("a-meier", (await accounts.FindPersonBySubjectAsync("https://login.example", "s-1", Token))!.Id);
        Assert.Equal("a-meier", (await accounts.FindPersonByEmailAsync("Anna@Stadt.Example", Token))!.Id);
        Assert.Equal(AccountOutcome.Done, await accounts.ChangePersonAsync(Anna with { Enabled = false }, Token));
        Assert.False((await accounts.FindPersonAsync("a-meier", Token))!.Enabled);
    }

    [Fact]
    public async Task Link_is_taken_by_one_of_many()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        await store.Accounts.AddLinkAsync(new("l", Hash, "b", Now, null), Token);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Accounts.TakeLinkAsync("l", Now + i, Token).AsTask()));
        Assert.Single(taken, t => t);
        Assert.False(await store.Accounts.TakeLinkAsync("m", Now, Token));
    }

    [Fact]
    public async Task Oldest_session_ends_when_a_person_has_too_many()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        for (var i = 0; i < AccountLimits.SessionsPerPersonMax; i++)
        {
            Assert.Empty(await store.Accounts.AddSessionAsync(new($"s{i}", Hash, "a", Now + i, Now + i, null), Token));
        }

        Assert.Empty(await store.Accounts.AddSessionAsync(new("other", Hash, "b", Now, Now, null), Token));
        Assert.Equal(["s0"], await store.Accounts.AddSessionAsync(new("one-more", Hash, "a", Now + 100, Now + 100, null), Token));
        Assert.Equal(Now + 100, (await store.Accounts.FindSessionAsync("s0", Token))!.EndedMs);
        Assert.Null((await store.Accounts.FindSessionAsync("s1", Token))!.EndedMs);
        await store.Accounts.EndSessionAsync("s1", Now + 101, Token);
        Assert.Empty(await store.Accounts.AddSessionAsync(new("again", Hash, "a", Now + 102, Now + 102, null), Token));
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var accounts = store.Accounts;
        var remembered = (long)AccountLimits.Remembered.TotalMilliseconds;
        await accounts.AddKeyAsync(new("expired", Hash, "a", null, null, Now, Now + Day, null, null), Token);
        await accounts.AddKeyAsync(new("revoked", Hash, "a", null, null, Now, Now + (500 * Day), null, null), Token);
        await accounts.RevokeKeyAsync("revoked", Now + Day, Token);
        await accounts.AddSessionAsync(new("s", Hash, "a", Now, Now, null), Token);
        for (var i = 0; i <= AccountLimits.LinksPerPersonMax; i++)
        {
            await accounts.AddLinkAsync(new($"l{i}", Hash, "a", Now + i, null), Token);
        }

        Assert.Null(await accounts.FindLinkAsync("l0", Token));
        Assert.NotNull(await accounts.FindLinkAsync("l1", Token));

        var later = Now + Day + remembered;
        await accounts.AddKeyAsync(new("new", Hash, "a", null, null, later, later + Day, null, null), Token);
        Assert.Equal(3, (await accounts.ListKeysAsync(Token)).Count);
        await accounts.AddKeyAsync(new("newer", Hash, "a", null, null, later + 1, later + Day, null, null), Token);
        Assert.Equal(["new", "newer"], (await accounts.ListKeysAsync(Token)).Select(k => k.Id));
        await accounts.AddSessionAsync(new("t", Hash, "a", later + (7 * Day), later, null), Token);
        Assert.Null(await accounts.FindSessionAsync("s", Token));
    }

    // Records compare arrays by reference.
    private static string Text(Person p) => new StringBuilder().AppendJoin('|', p.Id, p.Name, p.City, p.Issuer, p.Subject, p.Email, p.Enabled)
        .AppendJoin(',', p.Offices).AppendJoin(',', p.Roles).ToString();

    private static string Text(ApiKey k) => string.Join('|', k.Id, Convert.ToHexString(k.Hash.AsSpan()), k.Person, k.City, k.Contract, k.CreatedMs, k.UntilMs, k.RevokedMs, k.LastUsedDay);
}
