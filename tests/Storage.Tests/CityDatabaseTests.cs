using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Tests;

public sealed class CityDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>A district that still records an alert while the silo stops met a connection that was gone.</summary>
    [Fact]
    public async Task Reader_at_the_stop_is_told_that_the_store_was_closed_and_no_connection_goes_under_it()
    {
        var store = await EmbeddedStore.OpenAsync(_directory.Path);
        using var reading = new CountdownEvent(4);
        var readers = Enumerable.Range(0, reading.InitialCount).Select(_ => Task.Run(async () =>
        {
            for (var first = true; ; first = false)
            {
                Assert.Null(await store.Alerts.FindAsync("muenster", "mitte", "none", TestContext.Current.CancellationToken));
                if (first)
                {
                    reading.Signal();
                }
            }
        })).ToArray();
        reading.Wait(TestContext.Current.CancellationToken);

        store.Dispose();

        foreach (var reader in readers)
        {
            Assert.Contains("closed", (await Assert.ThrowsAsync<StoreException>(() => reader)).Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<StoreException>(async () => await store.Alerts.FindAsync("muenster", "mitte", "none", TestContext.Current.CancellationToken));
    }

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
            await store.Alerts.PutAsync([MakeAlert($"a{i}", (AlertState)(i % 3), 1_000 + (i / 2), i < 5 ? "sensor/g/a" : "sensor/g/b")], default);
        }

        await store.Alerts.PutAsync([MakeAlert("a0", AlertState.Resolved, 1_000, "sensor/g/a")], default);
        var all = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, null, null, null, 100), default);
        Assert.Equal(["a8", "a9", "a6", "a7", "a4", "a5", "a2", "a3", "a0", "a1"], all.Select(a => a.Id));
        var page = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, 1_003, "a6", null, 2), default);
        Assert.Equal(["a7", "a4"], page.Select(a => a.Id));
        var some = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(AlertState.Acknowledged, null, null, "sensor/g/b", 100), default);
        Assert.Equal(["a7"], some.Select(a => a.Id));
        Assert.Equal(
            [new AlertGround("sensor/g/a|counter-silent|total", 1, 2, 2), new AlertGround("sensor/g/b|counter-silent|total", 2, 1, 2)],
            await store.Alerts.GroundsAsync("muenster", "mitte", default));
        Assert.Empty(await store.Alerts.GroundsAsync("muenster", "west", default));
        Assert.Null(await store.Alerts.FindAsync("muenster", "west", "a1", default));

        var found = await store.Alerts.FindAsync("muenster", "mitte", "a1", default);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(MakeAlert("a1", AlertState.Acknowledged, 1_000, "sensor/g/a")),
            System.Text.Json.JsonSerializer.Serialize(found));
    }

    [Fact]
    public async Task Alerts_on_some_grounds_are_those_of_all_that_rest_on_them()
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path);
        for (var i = 0; i < 60; i++)
        {
            var alert = MakeAlert($"a{i:D2}", (AlertState)(i % 3), 1_000 + (i / 4), $"sensor/g/{(char)('a' + (i % 5))}");
            await store.Alerts.PutAsync([i % 2 == 0 ? alert : WithReadings(alert, "total", "battery", "total")], default);
        }

        var all = await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, null, null, null, 100), default);
        ImmutableArray<string> grounds = ["sensor/g/a|counter-silent|total", "sensor/g/c|counter-silent|battery,total", "sensor/g/x|counter-silent|total"];
        var queries =
            from state in (AlertState?[])[null, AlertState.Raised]
            from before in (Alert?[])[null, all[10], all[40]]
            from subject in (string?[])[null, "sensor/g/c", "sensor/g"]
            from limit in (int[])[1, 4, 100]
            select new AlertQuery(state, before?.RaisedMs, before?.Id, subject, limit);
        foreach (var query in queries)
        {
            var expected = (await store.Alerts.ListAsync("muenster", "mitte", query with { Limit = 1_000 }, default))
                .Where(a => grounds.Contains(AlertGround.KeyOf(a))).Take(query.Limit);
            var found = await store.Alerts.ListAsync("muenster", "mitte", query with { Grounds = grounds }, default);
            Assert.Equal(expected.Select(a => a.Id), found.Select(a => a.Id));
        }

        Assert.Empty(await store.Alerts.ListAsync("muenster", "mitte", new AlertQuery(null, null, null, null, 100, []), default));
    }

    [Fact]
    public async Task Alerts_of_an_older_city_rest_on_what_they_would_today()
    {
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path))
        {
            var alert = MakeAlert("a0", AlertState.Raised, 1_000, "sensor/g/a");
            await store.Alerts.PutAsync([alert], default);
            await store.Alerts.PutAsync([WithReadings(alert with { Id = "a1" }, "total", "battery", "total")], default);
            await store.Alerts.PutAsync([WithReadings(alert with { Id = "a2", Subject = "asset/theater" })], default);
            await store.Alerts.PutAsync([alert with { Id = "a3", Explanation = alert.Explanation with { Computed = alert.Explanation.Computed.Add("mean", double.PositiveInfinity) } }], default);
        }

        using (var database = Database.OpenFile(Path.Combine(_directory.Path, "city.db")))
        {
            database.Execute("DROP INDEX alert_ground; ALTER TABLE alert DROP COLUMN ground");
            database.Execute("ALTER TABLE datastream DROP COLUMN corrected_expiry; ALTER TABLE datastream DROP COLUMN corrected_last; PRAGMA user_version=11");
        }

        using var later = await EmbeddedStore.OpenAsync(_directory.Path);
        Assert.Equal(
            [new("asset/theater|counter-silent|", 1, 0, 0), new("sensor/g/a|counter-silent|battery,total", 1, 0, 0), new AlertGround("sensor/g/a|counter-silent|total", 2, 0, 0)],
            await later.Alerts.GroundsAsync("muenster", "mitte", default));
    }

    private static Alert WithReadings(Alert alert, params string[] properties) => alert with
    {
        Explanation = alert.Explanation with { Readings = [.. properties.Select((p, i) => new ExplainedReading(p, new Reading(i, double.NaN, Quality.Good)))] },
    };

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
