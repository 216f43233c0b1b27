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

    [Fact]
    public async Task A_feature_of_which_streams_tell_stays_unless_its_observations_were_withdrawn()
    {
        var disk = new SimulatedDisk(1);
        using var store = Open(disk);
        await TellAsync(store);
        var refusal = await store.Registry.AmendAsync("town", 0, Deletion(isWithdrawn: false), 20, default);
        Assert.Null(refusal!.Reason);
        Assert.Contains("outside of the change set", refusal.Text, StringComparison.Ordinal);
        Assert.Single(await store.Entities.GetAsync(EntityKind.FeatureOfInterest, [1], default));
        Assert.Null(await store.Registry.AmendAsync("town", 0, Deletion(isWithdrawn: true), 20, default));
        Assert.Empty(await store.Entities.GetAsync(EntityKind.FeatureOfInterest, [1], default));
        Assert.Empty(await store.Entities.ObservedSpansAsync(1, 9, default));
    }

    [Fact]
    public async Task A_crash_while_a_feature_goes_leaves_it_there_or_none_of_its_observations_and_the_same_again_completes_it()
    {
        var hasFinished = false;
        var kept = new HashSet<int>();
        for (var at = 1; !hasFinished; at++)
        {
            var disk = new SimulatedDisk(at);

            // Not closed: whoever has crashed closes nothing.
            var store = Open(disk);
            await TellAsync(store);
            disk.CrashAt = disk.Steps + at;
            hasFinished = await TryForgetAsync(store);
            disk.CrashAt = 0;
            disk.PowerUp();
            using var after = Open(disk);
            var (there, left) = await ToldAsync(after);
            Assert.True(there || left == 0, $"crash at {at}: the feature is gone, and {left} Observations are left");
            Assert.True(!hasFinished || !there, $"acknowledged before the crash at {at}, and the feature is there");
            kept.Add(there ? left : -1);
            Assert.True(!there || await TryForgetAsync(after));
            Assert.Equal((false, 0), await ToldAsync(after));
        }

        Assert.Contains(-1, kept);
        Assert.Contains(Told, kept);
    }

    private const int Told = 5;

    private const long FirstMs = 3_600_000;

    private static async Task TellAsync(EmbeddedStore store)
    {
        await store.Registry.SaveAsync(new("town", 1, "city: town", 10), default);
        var number = store.Readings.Register(new("town/gateway/sensor", "p"), TimeSpan.FromDays(20));
        EntityChange.Insert New(EntityKind kind, ImmutableArray<EntityLink> links, params ImmutableArray<int> numbers) =>
            new(kind, 1, new("town", null, null), [new(EntityTypes.Of(kind).Property("name")!, EntityValue.Of("x"))], links, numbers);
        EntityLink To(string name) => new(EntityTypes.Of(EntityKind.Datastream).Navigation(name)!, 1);
        ImmutableArray<EntityChange> changes =
        [
            New(EntityKind.Thing, []), New(EntityKind.Sensor, []), New(EntityKind.ObservedProperty, []), New(EntityKind.FeatureOfInterest, []),
            New(EntityKind.Datastream, [To("Thing"), To("Sensor"), To("ObservedProperty")], number), new EntityChange.Observe(EntityKind.Datastream, 1, FirstMs, 1),
        ];
        Assert.Null((await store.Entities.ChangeAsync(changes, 10, default)).Refusal);
        store.Readings.Append(number, [.. Enumerable.Range(0, Told).Select(i => new Reading(FirstMs + i, i, Quality.Good))], new AppendOutcome[Told]);
        Assert.True(store.Pump());
    }

    /// <summary>As the API does it: what was withdrawn is on the disk before the feature goes.</summary>
    private static async Task<bool> TryForgetAsync(EmbeddedStore store)
    {
        try
        {
            foreach (var span in await store.Entities.ObservedSpansAsync(1, 9, default))
            {
                foreach (var reading in await store.Readings.RangeAsync(span.Source.Numbers[0], 0, span.ToMs, Told, default))
                {
                    Assert.NotNull(await store.Readings.CorrectAsync(span.Source.Numbers[0], reading.TimeMs, Correction.Withdrawn, default));
                    if (!store.Pump())
                    {
                        return false;
                    }
                }
            }

            return await store.Registry.AmendAsync("town", 0, Deletion(isWithdrawn: true), 20, default) is null;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
    }

    private static async Task<(bool IsThere, int Left)> ToldAsync(EmbeddedStore store)
    {
        var number = store.Readings.Find(new("town/gateway/sensor", "p"))!.Value;
        return ((await store.Entities.GetAsync(EntityKind.FeatureOfInterest, [1], default)).Length == 1, (await store.Readings.RangeAsync(number, 0, long.MaxValue, 100, default)).Count);
    }

    private static RegistryAmendment Deletion(bool isWithdrawn) =>
        new(1, [], ChangeText.Write([new EntityChange.Delete(EntityKind.FeatureOfInterest, 1, null) { IsWithdrawn = isWithdrawn }]));

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
