using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

/// <summary>Registry entries and entities are one: both are there after a crash, or neither.</summary>
public sealed class AmendmentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Versions_of_the_file_and_beside_it_count_together_and_removal_is_kept()
    {
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            await store.Registry.SaveAsync(new("town", 1, "city: town", 10), default);
            Assert.Null(await store.Registry.AmendAsync("town", 2, Amendment(1, Asset("a"), Asset("b")), 20, default));
            Assert.Null(await store.Registry.AmendAsync("town", 3, Amendment(2, Asset("a") with { Text = null }, Asset("b") with { Text = "{2}" }), 30, default));
            await Assert.ThrowsAsync<StoreException>(() => store.Registry.AmendAsync("town", 3, Amendment(2, Asset("c")), 40, default).AsTask());
            await Assert.ThrowsAsync<StoreException>(() => store.Registry.SaveAsync(new("town", 2, "other", 40), default).AsTask());
            await store.Registry.SaveAsync(new("town", 4, "city: town # 2", 50), default);
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            var document = Assert.Single(await store.Registry.LoadAllAsync(default));
            Assert.Equal((4L, "city: town # 2"), (document.Version, document.Yaml));
            Assert.Equal([new RegistryAddition(RegistryAdditionKind.Asset, "b", "{2}")], document.Additions);
        }
    }

    [Fact]
    public async Task A_refused_entity_leaves_the_registry_as_it_was()
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        await store.Registry.SaveAsync(new("town", 1, "city: town", 10), default);
        var id = await store.Entities.TakeIdsAsync(EntityKind.Thing, 1, default);
        var twice = Amendment(1, Asset("a")) with { Entities = ChangeText.Write([Thing(id), Thing(id)]) };
        var refusal = await store.Registry.AmendAsync("town", 2, twice, 20, default);
        Assert.Equal(ChangeRefusalReason.Taken, refusal!.Reason);
        Assert.Equal((1L, 0), await StateAsync(store));
        Assert.Empty(await store.Entities.GetAsync(EntityKind.Thing, [id], default));
        Assert.Null(await store.Registry.AmendAsync("town", 0, new(1, [], ChangeText.Write([Thing(id)])), 30, default));
        Assert.Equal((1L, 0), await StateAsync(store));
        Assert.Single(await store.Entities.GetAsync(EntityKind.Thing, [id], default));
    }

    [Fact]
    public async Task A_crash_at_any_step_leaves_both_or_neither()
    {
        var acknowledged = 0;
        for (var at = 1; ; at++)
        {
            var disk = new SimulatedDisk(at);
            long id;
            using (var store = Open(disk))
            {
                await store.Registry.SaveAsync(new("town", 1, "city: town", 10), default);
                id = await store.Entities.TakeIdsAsync(EntityKind.Thing, 1, default);
                disk.CrashAt = disk.Steps + at;
                var done = await TryAmendAsync(store, id);
                acknowledged += done ? 1 : 0;
            }

            disk.CrashAt = 0;
            disk.PowerUp();
            using var after = Open(disk);
            var (version, entries) = await StateAsync(after);
            var things = (await after.Entities.GetAsync(EntityKind.Thing, [id], default)).Length;
            Assert.True((version, entries, things) is (1, 0, 0) or (2, 1, 1), $"crash at {at}: version {version}, {entries} entries, {things} things");
            if (acknowledged > 0)
            {
                Assert.Equal(2, version);
                break;
            }
        }
    }

    private static EmbeddedStore Open(SimulatedDisk disk) => EmbeddedStore.Open(disk, disk, new() { Inline = true }, new FakeTime(DateTimeOffset.UnixEpoch));

    private static async Task<bool> TryAmendAsync(EmbeddedStore store, long id)
    {
        try
        {
            var refusal = await store.Registry.AmendAsync("town", 2, Amendment(1, Asset("a")) with { Entities = ChangeText.Write([Thing(id)]) }, 20, default);
            Assert.Null(refusal);
            return true;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
    }

    private static async Task<(long Version, int Entries)> StateAsync(EmbeddedStore store)
    {
        var document = Assert.Single(await store.Registry.LoadAllAsync(default));
        return (document.Version, document.Additions.Length);
    }

    private static RegistryAmendment Amendment(long basedOn, params ImmutableArray<RegistryAddition> changes) => new(basedOn, changes, string.Empty);

    private static RegistryAddition Asset(string id) => new(RegistryAdditionKind.Asset, id, $$"""{"id":"{{id}}"}""");

    private static EntityChange.Insert Thing(long id)
    {
        var type = EntityTypes.Of(EntityKind.Thing);
        return new(
            EntityKind.Thing,
            id,
            new("town", "mitte", "asset/a"),
            [new(type.Property("name")!, EntityValue.Of("Oven")), new(type.Property("description")!, EntityValue.Of("Bakes"))],
            [],
            []);
    }
}
