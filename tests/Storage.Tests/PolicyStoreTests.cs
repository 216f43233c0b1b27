using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests;

public sealed class PolicyStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task All_versions_of_all_documents_are_there_after_a_restart_the_citys_own_first()
    {
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            await store.Policies.SaveAsync(Document("nord", 1), default);
            await store.Policies.SaveAsync(Document(null, 1), default);
            await store.Policies.SaveAsync(Document(null, 2), default);
            await store.Policies.SaveAsync(Document("mitte", 1), default);
            await store.Policies.SaveAsync(Document(null, 1) with { City = "hamm" }, default);
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            Assert.Equal(["hamm", "muenster"], await store.Policies.CitiesAsync(default));
            Assert.Equal(
                [Document(null, 1), Document(null, 2), Document("mitte", 1), Document("nord", 1)],
                await store.Policies.LoadAsync("muenster", default));
            Assert.Empty(await store.Policies.LoadAsync("nowhere", default));
        }
    }

    [Fact]
    public async Task Version_changes_its_state_and_time_but_never_its_text()
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        await store.Policies.SaveAsync(Document("mitte", 1), default);
        var approved = Document("mitte", 1) with { State = PolicyState.Approved, EffectiveMs = 90, DecidedBy = "person:b", DecidedMs = 80 };
        await store.Policies.SaveAsync(approved, default);
        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.Policies.SaveAsync(approved with { Yaml = "other" }, default).AsTask());
        Assert.Contains("muenster/mitte", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([approved], await store.Policies.LoadAsync("muenster", default));
    }

    [Fact]
    public async Task Approval_and_what_is_known_of_the_approver_outlive_a_withdrawal_and_a_restart()
    {
        var withdrawn = Document("mitte", 1) with
        {
            State = PolicyState.Withdrawn,
            DecidedBy = "person:c",
            DecidedMs = 90,
            ApprovedBy = "person:b",
            Independence = ApproverIndependence.Doubtful,
        };
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            await store.Policies.SaveAsync(Document("mitte", 1), default);
            await store.Policies.SaveAsync(withdrawn, default);
        }

        using var again = await EmbeddedStore.OpenAsync(_directory.Path);
        Assert.Equal([withdrawn], await again.Policies.LoadAsync("muenster", default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Version_that_is_neither_next_nor_stored_is_refused(long version)
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        await store.Policies.SaveAsync(Document("mitte", 1), default);
        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.Policies.SaveAsync(Document(null, version), default).AsTask());
        Assert.Contains("cannot follow version 0", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await store.Policies.LoadAsync("muenster", default));
    }

    private static PolicyDocument Document(string? district, long version) =>
        new("muenster", district, version, $"city: muenster # {version}", PolicyState.Proposed, 50, "person:a", 40, null, 0);
}
