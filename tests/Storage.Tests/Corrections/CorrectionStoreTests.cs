using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Corrections;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Tests.Corrections;

public sealed class CorrectionStoreTests
{
    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private const long DayMs = 86_400_000;
    private const string Marker = "Kastanienallee-am-Nordtor";

    private static readonly DatastreamKey s_key = new("city/gateway/sensor", "p");
    private static readonly Correction s_marked = new(false, 9, Quality.OutOfRange, Annotation.None with { Parameters = $"{{\"where\":\"{Marker}\"}}" });

    private readonly FakeTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start + 3_600_000));

    public static TheoryData<bool> Sealed => [true, false];

    [Fact]
    public void Encoding_gives_back_what_went_in_and_kinds_of_later_programs_are_refused()
    {
        foreach (var correction in (Correction[])[Correction.Withdrawn, s_marked, new(false, -1.5, Quality.Good, Annotation.None)])
        {
            var row = CorrectionCodec.Encode(Start, 300, correction);
            Assert.Equal(300, row.Value);
            Assert.Equal(correction, CorrectionCodec.Decode(CorrectionCodec.Row(Start, row.Data)));
            Assert.True(row.Same(CorrectionCodec.Row(Start, row.Data)));
        }

        Assert.Contains("newer program", Assert.Throws<InvalidDataException>(() => CorrectionCodec.Decode(new(Start, 1, [0, 1, 7]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_corrections_the_later_revision_holds_and_of_one_revision_the_withdrawal_in_whatever_order_they_come()
    {
        AnnotationRow[] rows =
        [
            .. from revision in (long[])[1, 2, 200]
               from correction in (Correction[])[Correction.Withdrawn, s_marked, new(false, 1, Quality.Good, Annotation.None)]
               select CorrectionCodec.Encode(Start, revision, correction),
        ];
        foreach (var (a, b, c) in from a in rows from b in rows from c in rows select (a, b, c))
        {
            var left = AnnotationCodec.Merge(AnnotationCodec.Merge(a, b), c);
            Assert.True(left.Same(AnnotationCodec.Merge(c, AnnotationCodec.Merge(b, a))));
            Assert.True(left.Same(AnnotationCodec.Merge(left, b)));
            Assert.Equal(Math.Max(a.Value, Math.Max(b.Value, c.Value)), left.Value);
            var ofLast = ((AnnotationRow[])[a, b, c]).Where(r => r.Value == left.Value).Select(r => CorrectionCodec.Decode(r));
            Assert.Equal(ofLast.Any(o => o.IsWithdrawn), CorrectionCodec.Decode(left).IsWithdrawn);
        }
    }

    [Theory]
    [MemberData(nameof(Sealed))]
    public async Task Withdrawn_reading_is_nowhere_and_does_not_come_back_with_what_is_sent_again(bool isSealed)
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = await StoreAsync(store, 20, isSealed);
        Assert.NotNull(await store.Readings.CorrectAsync(number, Start + 1, Correction.Withdrawn, default));
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal([1, 3], (await store.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
            Assert.Equal([3, 1], (await store.Readings.RangeBackAsync(number, 0, Start + DayMs, 10, default)).Select(r => r.Value));
            var row = Assert.Single(await store.Readings.AggregateAsync(number, Start, Start + 1000, 1000, Start, default));
            Assert.Equal((2, 4), (row.Count, row.Sum));
            Assert.Equal([1, 2, 3], (await store.Readings.ReceivedAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
            var outcomes = new AppendOutcome[1];
            await store.Readings.LoadAsync(number, Start, Start + 2, default);
            store.Readings.Append(number, [new Reading(Start + 1, 2, Quality.Good)], outcomes);
            Assert.Equal(AppendOutcome.Duplicate, outcomes[0]);
            await store.SealAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotNull(await store.Readings.CorrectAsync(number, Start + 1, new(false, 7, Quality.Good, Annotation.None), default));
        Assert.Equal([1, 7, 3], (await store.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
    }

    [Theory]
    [MemberData(nameof(Sealed))]
    public async Task Latest_is_the_newest_that_is_left_also_after_a_restart(bool isSealed)
    {
        using var data = new TemporaryDirectory();
        int number;
        using (var store = Open(data))
        {
            number = await StoreAsync(store, 20, isSealed);
            Assert.True(await store.Readings.CorrectAsync(number, Start + 2, Correction.Withdrawn, default) is not null && store.Pump());
            Assert.Equal(2, (await store.Readings.LatestAsync(number, default))!.Value.Value);
        }

        using (var again = Open(data))
        {
            Assert.Equal(2, (await again.Readings.LatestAsync(number, default))!.Value.Value);
            Assert.Equal(3, again.Readings.LastReceived(number)!.Value.Value);
            Assert.True(again.Readings.IsCorrected(number, Start + 2));
            Assert.False(again.Readings.IsCorrected(number, Start + 3));
            await again.Readings.CorrectAsync(number, Start + 1, Correction.Withdrawn, default);
            await again.Readings.CorrectAsync(number, Start, Correction.Withdrawn, default);
            Assert.Null(await again.Readings.LatestAsync(number, default));
            again.Readings.Append(number, [new Reading(Start + 9, 4, Quality.Good)], new AppendOutcome[1]);
            Assert.Equal(4, (await again.Readings.LatestAsync(number, default))!.Value.Value);
        }
    }

    [Fact]
    public async Task Many_withdrawn_readings_in_a_row_do_not_end_a_page()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = store.Readings.Register(s_key, TimeSpan.FromDays(20));
        store.Readings.Append(number, [.. Enumerable.Range(0, 3_000).Select(i => new Reading(Start + i, i, Quality.Good))], new AppendOutcome[3_000]);
        await store.SealAsync(TestContext.Current.CancellationToken);
        for (var i = 5; i < 2_990; i++)
        {
            await store.Readings.CorrectAsync(number, Start + i, Correction.Withdrawn, default);
        }

        Assert.Equal([3, 4, 2_990, 2_991], (await store.Readings.RangeAsync(number, Start + 3, long.MaxValue, 4, default)).Select(r => r.Value));
        Assert.Equal([4], (await store.Readings.RangeBackAsync(number, 0, Start + 2_990, 1, default)).Select(r => r.Value));
    }

    [Fact]
    public async Task What_is_not_stored_or_has_ended_is_not_corrected()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = await StoreAsync(store, 2, isSealed: true);
        Assert.Null(await store.Readings.CorrectAsync(number, Start + 5, Correction.Withdrawn, default));
        Assert.Null(await store.Readings.CorrectAsync(number, Start - (9 * DayMs), Correction.Withdrawn, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Readings.CorrectAsync(number, Start, s_marked with { Value = double.NaN }, default));
        var large = s_marked with { Content = Annotation.None with { Parameters = $"{{\"a\":\"{new string('x', Annotation.MostBytes)}\"}}" } };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Readings.CorrectAsync(number, Start, large, default));
        Assert.False(store.Readings.IsCorrected(number, 0));

        // Between the end of the retention and the night's run nothing changes any more: what was summed is what is dropped.
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Null(await store.Readings.CorrectAsync(number, Start, Correction.Withdrawn, default));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_correction_in_any_file_when_its_reading_has_expired()
    {
        using var data = new TemporaryDirectory();
        using (var store = Open(data))
        {
            var number = await StoreAsync(store, 2, isSealed: true);
            await store.Readings.CorrectAsync(number, Start, s_marked, default);
            await store.SealAsync(TestContext.Current.CancellationToken);
            await store.Readings.CorrectAsync(number, Start + 1, s_marked, default);
            Assert.True(store.Pump());
            Assert.NotEmpty(Holders(data));
            _time.Advance(TimeSpan.FromDays(3));
            await store.Readings.DeleteExpiredAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), default);
            Assert.False(store.Readings.IsCorrected(number, 0));
            Assert.False(store.Readings.IsAnnotated(number));
            Assert.All(await store.Retention.ExamineAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], default), place => Assert.Empty(place.Findings));
            Assert.Empty(Holders(data));
        }

        Assert.Empty(Holders(data));
    }

    [Fact]
    public async Task Shorter_retention_moves_corrections_and_their_old_file_forgets_them()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = await StoreAsync(store, 20, isSealed: true);
        await store.Readings.CorrectAsync(number, Start, s_marked, default);
        await store.Readings.CorrectAsync(number, Start + 1, Correction.Withdrawn, default);
        await store.SealAsync(TestContext.Current.CancellationToken);
        var terms = ImmutableArray.Create(new DatastreamTerms(s_key, new RetentionDefinition(3, 0, 0), "Europe/Berlin"));
        Assert.Equal(new MovedReadings(3, 2), (await store.Retention.PlanMovesAsync(terms, default))[s_key]);
        Assert.Equal(3, (await store.Retention.ApplyTermsAsync(terms, default))[s_key]);
        Assert.Equal([9, 3], (await store.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
        Assert.All(await store.Retention.ExamineAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], default), place => Assert.Empty(place.Findings));
        Assert.Contains(Holders(data), path => path.Contains("2026-07-04.db", StringComparison.Ordinal));
        Assert.DoesNotContain(Holders(data), path => path.EndsWith("2026-07-21.db", StringComparison.Ordinal));
        Assert.Equal(2, Assert.Single(await store.Retention.PlanAsync(Start + (9 * DayMs), default)).Annotations);
    }

    [Fact]
    public async Task Roll_ups_sum_what_holds_also_when_something_was_withdrawn_after_a_run_that_did_not_end()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = await StoreAsync(store, 2, isSealed: true);
        store.Readings.Append(number, [new Reading(Start + (5 * 3_600_000), 50, Quality.Good)], new AppendOutcome[1]);
        await store.Readings.CorrectAsync(number, Start + 1, s_marked, default);
        var terms = ImmutableArray.Create(new DatastreamTerms(s_key, new RetentionDefinition(2, 60, 60), "Etc/UTC"));
        await store.Retention.ApplyTermsAsync(terms, default);
        var night = Start + (3 * DayMs);
        Assert.Empty((await store.Retention.RollUpAsync(terms, night, default)).Problems);
        await store.Readings.CorrectAsync(number, Start + (5 * 3_600_000), Correction.Withdrawn, default);
        var report = await store.Retention.RollUpAsync(terms, night, default);
        Assert.Equal((4, 1, 1), (report.Readings, report.Hours, report.Days));
        Assert.Empty((await store.Retention.VerifyRollUpsAsync(terms, night, default)).Problems);
        await store.Readings.DeleteExpiredAsync(night, default);
        var hour = Assert.Single(await store.Readings.AggregateAsync(number, Start, Start + DayMs, 3_600_000, Start, default));
        Assert.Equal((3, 13, 1), (hour.Count, hour.Sum, hour.Flagged));
    }

    [Fact]
    public async Task Damaged_correction_is_set_aside_with_its_file_and_the_intact_ones_are_kept()
    {
        using var data = new TemporaryDirectory();
        int number;
        using (var store = Open(data))
        {
            number = await StoreAsync(store, 20, isSealed: true);
            await store.Readings.CorrectAsync(number, Start, Correction.Withdrawn, default);
            await store.Readings.CorrectAsync(number, Start + 1, Correction.Withdrawn, default);
            await store.SealAsync(TestContext.Current.CancellationToken);
        }

        Execute(data, $"UPDATE correction SET revision = 7 WHERE time_ms = {Start + 1}");
        using var again = Open(data);
        Assert.Equal([2, 3], (await again.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
        Assert.Contains("of corrections 1 and 1", Assert.Single(again.Readings.Health.SetAside), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_holds_corrections_and_a_lost_city_database_does_not_hide_them()
    {
        using var data = new TemporaryDirectory();
        using var backups = new TemporaryDirectory();
        using (var store = EmbeddedStore.Open(data.Path, new StoreOptions { Inline = true, BackupsDirectory = backups.Path }, _time))
        {
            await store.Readings.CorrectAsync(await StoreAsync(store, 20, isSealed: true), Start + 2, Correction.Withdrawn, default);
            await store.SealAsync(TestContext.Current.CancellationToken);
            await store.Backups!.MakeAsync(default);
        }

        var copy = Directory.GetDirectories(backups.Path)[0];
        foreach (var file in Directory.GetFiles(copy, "city.db*"))
        {
            File.Delete(file);
        }

        using var restored = Open(copy);
        var number = restored.Readings.Register(s_key, TimeSpan.FromDays(20));
        Assert.Equal(2, (await restored.Readings.LatestAsync(number, default))!.Value.Value);
        Assert.Equal([1, 2], (await restored.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Select(r => r.Value));
    }

    private static async Task<int> StoreAsync(EmbeddedStore store, int days, bool isSealed)
    {
        var number = store.Readings.Register(s_key, TimeSpan.FromDays(days));
        store.Readings.Append(number, [new(Start, 1, Quality.Good), new(Start + 1, 2, Quality.Good), new(Start + 2, 3, Quality.Good)], new AppendOutcome[3]);
        if (isSealed)
        {
            await store.SealAsync(TestContext.Current.CancellationToken);
        }

        return number;
    }

    private static void Execute(TemporaryDirectory data, string sql)
    {
        using var database = new LocalDatabaseFiles(data.Path).Open("partitions/2026-07-21.db");
        database.Execute(sql);
    }

    private static List<string> Holders(TemporaryDirectory data) => MarkedFiles.Of(data, Marker);

    private EmbeddedStore Open(TemporaryDirectory data) => Open(data.Path);

    private EmbeddedStore Open(string path) => EmbeddedStore.Open(path, new StoreOptions { Inline = true }, _time);
}
