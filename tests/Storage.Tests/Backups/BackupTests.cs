using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests.Backups;

public sealed class BackupTests
{
    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private static readonly DatastreamKey Key = new("city/gateway/sensor", "p");

    private readonly FakeTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start + 3_600_000));

    [Fact]
    public async Task Backup_of_a_running_store_holds_what_was_acknowledged_and_states_its_expiry()
    {
        using var data = new TemporaryDirectory();
        using var backups = new TemporaryDirectory();
        using (var store = Open(data, backups))
        {
            Append(store, Start, 1, 2, 3);
            await store.SealAsync();
            Append(store, Start + 86_400_000, 4, 5);
            var made = await store.Backups!.MakeAsync(default);
            Assert.Equal("2026-07-03", made.Expires);
            Assert.Contains(made.Files, f => f.Path == "partitions/2026-07-03.db");
            Assert.Contains(made.Files, f => f.Path.StartsWith("journal/", StringComparison.Ordinal));
            Assert.Equivalent(made, Assert.Single(await store.Backups.ListAsync(default)));
            Assert.Empty(await store.Backups.VerifyAsync(default));
            Append(store, Start + 86_400_000 + 500, 6);
        }

        using var restored = EmbeddedStore.Open(Directory.GetDirectories(backups.Path)[0], new StoreOptions { Inline = true }, _time);
        Assert.Equal([1, 2, 3, 4, 5], await ValuesAsync(restored));
        Assert.Empty(restored.Readings.Health.SetAside);
    }

    [Fact]
    public async Task Start_on_a_backup_drops_first_what_has_expired_since()
    {
        using var data = new TemporaryDirectory();
        using var backups = new TemporaryDirectory();
        using (var store = Open(data, backups))
        {
            Append(store, Start, 1, 2, 3);
            await store.SealAsync();
            Append(store, Start + 86_400_000, 4, 5);
            await store.Backups!.MakeAsync(default);
        }

        _time.Advance(TimeSpan.FromDays(3));
        var copy = Directory.GetDirectories(backups.Path)[0];
        using var restored = EmbeddedStore.Open(copy, new StoreOptions { Inline = true }, _time);
        Assert.Equal([4, 5], await ValuesAsync(restored));
        Assert.False(File.Exists(Path.Combine(copy, "partitions", "2026-07-03.db")));
        Assert.False(File.Exists(Path.Combine(copy, "backup.json")));
    }

    [Fact]
    public async Task Backup_that_is_damaged_incomplete_or_expired_is_named()
    {
        using var data = new TemporaryDirectory();
        using var backups = new TemporaryDirectory();
        using var store = Open(data, backups);
        Append(store, Start, 1, 2, 3);
        var made = await store.Backups!.MakeAsync(default);
        var city = Path.Combine(backups.Path, made.Name, "city.db");
        var bytes = await File.ReadAllBytesAsync(city, TestContext.Current.CancellationToken);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(city, bytes, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(backups.Path, "20260701-000000"));
        var findings = await store.Backups.VerifyAsync(default);
        Assert.Equal(2, findings.Length);
        Assert.Contains("incomplete", findings[0], StringComparison.Ordinal);
        Assert.Contains("city.db", findings[1], StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromDays(4));
        Assert.Contains(await store.Backups.VerifyAsync(default), f => f.Contains("expired", StringComparison.Ordinal));
        await store.Backups.RemoveAsync(made.Name, default);
        Assert.Empty(await store.Backups.ListAsync(default));
        await Assert.ThrowsAsync<StoreException>(async () => await store.Backups.RemoveAsync("../" + Path.GetFileName(data.Path), default));
        Assert.True(Directory.Exists(data.Path));
    }

    private static void Append(EmbeddedStore store, long fromMs, params double[] values)
    {
        var number = store.Readings.Register(Key, TimeSpan.FromDays(2));
        store.Readings.Append(number, [.. values.Select((v, i) => new Reading(fromMs + (i * 100), v, Quality.Good))], new AppendOutcome[values.Length]);
        Assert.True(store.Pump());
    }

    private static async Task<IEnumerable<double>> ValuesAsync(EmbeddedStore store) =>
        (await store.Readings.RangeAsync(store.Readings.Register(Key, TimeSpan.FromDays(2)), 0, long.MaxValue / 2, 100, default)).Select(r => r.Value);

    private EmbeddedStore Open(TemporaryDirectory data, TemporaryDirectory backups) =>
        EmbeddedStore.Open(data.Path, new StoreOptions { Inline = true, BackupsDirectory = backups.Path }, _time);
}
