using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Storage.Tests;

public sealed class CityDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Grain_states_are_written_read_and_guarded_by_their_version()
    {
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            var id = GrainId.Create("sensor", "muenster/g/s");
            var mine = new Box<Twin>();
            await store.GrainStates.ReadStateAsync("twin", id, mine);
            Assert.False(mine.RecordExists);
            Assert.Null(mine.ETag);
            Assert.NotNull(mine.State);
            mine.State = new Twin { Name = "Promenade", Values = [1.5, double.NaN] };
            await store.GrainStates.WriteStateAsync("twin", id, mine);

            var other = new Box<Twin>();
            await store.GrainStates.ReadStateAsync("twin", id, other);
            Assert.Equal(mine.ETag, other.ETag);
            await store.GrainStates.WriteStateAsync("twin", id, other);
            await Assert.ThrowsAsync<InconsistentStateException>(() => store.GrainStates.WriteStateAsync("twin", id, mine));
            await Assert.ThrowsAsync<InconsistentStateException>(() => store.GrainStates.ClearStateAsync("twin", id, mine));
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            var id = GrainId.Create("sensor", "muenster/g/s");
            var found = new Box<Twin>();
            await store.GrainStates.ReadStateAsync("twin", id, found);
            Assert.True(found.RecordExists);
            Assert.Equal("Promenade", found.State!.Name);
            Assert.Equal([1.5, double.NaN], found.State.Values);
            var stale = new Box<Twin> { ETag = found.ETag, State = new Twin() };
            await store.GrainStates.ClearStateAsync("twin", id, found);
            Assert.False(found.RecordExists);
            await store.GrainStates.WriteStateAsync("twin", id, found);
            await Assert.ThrowsAsync<InconsistentStateException>(() => store.GrainStates.WriteStateAsync("twin", id, stale));
        }
    }

    [Fact]
    public async Task Many_grain_states_share_transactions()
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        var writes = Enumerable.Range(0, 5_000).Select(async i =>
        {
            var state = new Box<Twin> { State = new Twin { Name = $"twin {i}" } };
            await store.GrainStates.WriteStateAsync("twin", GrainId.Create("sensor", $"{i}"), state);
            return state.ETag;
        });
        var versions = await Task.WhenAll(writes);
        Assert.Equal(5_000, versions.Distinct(StringComparer.Ordinal).Count());
        var found = new Box<Twin>();
        await store.GrainStates.ReadStateAsync("twin", GrainId.Create("sensor", "4999"), found);
        Assert.Equal("twin 4999", found.State!.Name);
    }

    [Fact]
    public async Task Registry_versions_follow_one_another()
    {
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            await store.Registry.SaveAsync(new RegistryDocument("muenster", 1, "city: muenster", 10), default);
            await store.Registry.SaveAsync(new RegistryDocument("muenster", 2, "city: muenster # 2", 20), default);
            await store.Registry.SaveAsync(new RegistryDocument("hamm", 1, "city: hamm", 30), default);
            var refusal = await Assert.ThrowsAsync<StoreException>(
                () => store.Registry.SaveAsync(new RegistryDocument("muenster", 2, "other", 40), default).AsTask());
            Assert.Contains("version 2", refusal.Message, StringComparison.Ordinal);
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            Assert.Equal(
                [new RegistryDocument("hamm", 1, "city: hamm", 30), new RegistryDocument("muenster", 2, "city: muenster # 2", 20)],
                await store.Registry.LoadAllAsync(default));
        }
    }

    [Fact]
    public async Task Alerts_are_listed_newest_first_filtered_paged_and_counted()
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        for (var i = 0; i < 10; i++)
        {
            await store.Alerts.PutAsync(MakeAlert($"a{i}", (AlertState)(i % 3), 1_000 + (i / 2), i < 5 ? "sensor/g/a" : "sensor/g/b"), default);
        }

        await store.Alerts.PutAsync(MakeAlert("a0", AlertState.Resolved, 1_000, "sensor/g/a"), default);
        var all = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, null, null, null, 100), default);
        Assert.Equal(["a8", "a9", "a6", "a7", "a4", "a5", "a2", "a3", "a0", "a1"], all.Select(a => a.Id));
        var page = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, 1_003, "a6", null, 2), default);
        Assert.Equal(["a7", "a4"], page.Select(a => a.Id));
        var some = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(AlertState.Acknowledged, null, null, "sensor/g/b", 100), default);
        Assert.Equal(["a7"], some.Select(a => a.Id));
        Assert.Equal([3L, 3L, 4L], await store.Alerts.CountAsync("muenster", "mitte", default));
        Assert.Equal([0L, 0L, 0L], await store.Alerts.CountAsync("muenster", "west", default));
        Assert.Null(await store.Alerts.FindAsync("muenster", "west", "a1", default));

        var found = await store.Alerts.FindAsync("muenster", "mitte", "a1", default);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(MakeAlert("a1", AlertState.Acknowledged, 1_000, "sensor/g/a")),
            System.Text.Json.JsonSerializer.Serialize(found));
    }

    private static Alert MakeAlert(string id, AlertState state, long raisedMs, string subject) => new(
        id, "muenster", "mitte", subject, "Promenade", Severity.Warning, "mobilitaet", state, 900, raisedMs, null, null,
        new Explanation(
            "counter-silent", 1, RuleKind.Missing, [new ExplainedReading("total", new Reading(5, 7.25, Quality.Late))],
            ImmutableSortedDictionary<string, double>.Empty.Add("for", 7_200), ImmutableSortedDictionary<string, double>.Empty,
            new BilingualText("keine Werte", "no values")));

    private sealed class Twin
    {
        public string Name { get; set; } = string.Empty;

        public double[] Values { get; set; } = [];
    }

    private sealed class Box<T> : IGrainState<T>
    {
        public T? State { get; set; }

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}
