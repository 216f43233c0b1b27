using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Tests.Annotations;

public sealed class AnnotationStoreTests
{
    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private const long DayMs = 86_400_000;
    private const string Marker = "Kastanienallee-am-Nordtor";

    private static readonly DatastreamKey s_key = new("city/gateway/sensor", "p");
    private static readonly Annotation s_marked = new(Start + 5, Start, Start + DayMs, "\"calibrated\"", $"{{\"where\":\"{Marker}\"}}", null);

    private readonly FakeTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start + 3_600_000));

    [Fact]
    public void Encoding_gives_back_what_went_in()
    {
        foreach (var annotation in (Annotation[])[Annotation.None, s_marked, new(null, null, null, null, null, "{\"a\":[1,\"ä\"]}"), new(-1, 2, 2, "null", "{}", "\"\""), s_marked with { PhenomenonEndMs = Start + 9 }])
        {
            var row = new AnnotationRow(Start, 1.5, AnnotationCodec.Encode(annotation));
            Assert.Equal(new StoredAnnotation(Start, 1.5, annotation, false), AnnotationCodec.Decode(row));
        }
    }

    [Fact]
    public void Annotations_from_before_there_were_spans_stay_readable_and_members_of_later_programs_are_refused()
    {
        byte[] before = [0, 0b00101, 10, 2, (byte)'"', (byte)'"'];
        Assert.Equal(Annotation.None with { ResultTimeMs = 5, ResultQuality = "\"\"" }, AnnotationCodec.Decode(new AnnotationRow(Start, 1.5, before)).Content);
        Assert.Equal(before, AnnotationCodec.Encode(Annotation.None with { ResultTimeMs = 5, ResultQuality = "\"\"" }));
        before[1] |= 1 << 6;
        Assert.Contains("newer program", Assert.Throws<InvalidDataException>(() => AnnotationCodec.Decode(new AnnotationRow(Start, 1.5, before))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_does_not_depend_on_order_or_repetition()
    {
        AnnotationRow[] rows =
        [
            .. from value in (double[])[1, 2]
               from parameters in (string[])["{\"a\":1}", "{\"a\":2}", "{}"]
               select new AnnotationRow(Start, value, AnnotationCodec.Encode(Annotation.None with { Parameters = parameters })),
        ];
        foreach (var (a, b, c) in from a in rows from b in rows from c in rows select (a, b, c))
        {
            var left = AnnotationCodec.Merge(AnnotationCodec.Merge(a, b), c);
            Assert.True(left.Same(AnnotationCodec.Merge(a, AnnotationCodec.Merge(b, c))));
            Assert.True(left.Same(AnnotationCodec.Merge(c, AnnotationCodec.Merge(b, a))));
            Assert.True(left.Same(AnnotationCodec.Merge(left, b)));
        }
    }

    [Fact]
    public async Task Nothing_is_left_of_an_annotation_in_any_file_when_its_reading_has_expired()
    {
        using var data = new TemporaryDirectory();
        var number = 0;
        using (var store = Open(data))
        {
            number = Annotate(store, 2);
            await store.SealAsync(TestContext.Current.CancellationToken);
            // One more rests in the journal only.
            store.Readings.Annotate(number, new Reading(Start + 7, 1, Quality.Good), s_marked with { Result = $"\"{Marker}\"" }, out _);
            Assert.True(store.Pump());
            Assert.NotEmpty(Holders(data));
            _time.Advance(TimeSpan.FromDays(3));
            await store.Readings.DeleteExpiredAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), default);
            Assert.False(store.Readings.IsAnnotated(number));
            Assert.Empty(await store.Readings.AnnotationsAsync(number, 0, long.MaxValue, default));
            Assert.Empty(Holders(data));
            Assert.All(await store.Retention.ExamineAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], default), place => Assert.Empty(place.Findings));
        }

        Assert.Empty(Holders(data));
    }

    [Fact]
    public async Task Shorter_retention_moves_annotations_and_their_old_file_forgets_them()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = Annotate(store, 20);
        await store.SealAsync(TestContext.Current.CancellationToken);
        var terms = ImmutableArray.Create(new DatastreamTerms(s_key, new RetentionDefinition(3, 0, 0), "Europe/Berlin"));
        var moved = await store.Retention.ApplyTermsAsync(terms, default);
        Assert.Equal(2, moved[s_key]);
        Assert.Equal(s_marked, Assert.Single(await store.Readings.AnnotationsAsync(number, 0, long.MaxValue, default)).Content);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(await store.Retention.ExamineAsync(now, [], default), place => Assert.Empty(place.Findings));
        Assert.Contains(Holders(data), path => path.Contains("2026-07-04.db", StringComparison.Ordinal));

        // What was empty afterwards has no row any more: its file goes with its own day, and holds nothing until then.
        Assert.DoesNotContain(Holders(data), path => path.EndsWith("2026-07-21.db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examination_names_annotations_that_should_have_moved()
    {
        using var data = new TemporaryDirectory();
        using (var store = Open(data))
        {
            Annotate(store, 20);
            await store.SealAsync(TestContext.Current.CancellationToken);
            await store.Retention.ApplyTermsAsync([new DatastreamTerms(s_key, new RetentionDefinition(3, 0, 0), "Europe/Berlin")], default);
        }

        Execute(data, $"INSERT INTO annotation (datastream, time_ms, value, data) VALUES (1, {Start}, 1, x'00')");
        _time.Advance(TimeSpan.FromDays(5));
        using var again = Open(data);
        var places = await again.Retention.ExamineAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], default);
        Assert.Contains(places.Single(p => p.Place == "annotations").Findings, f => f.Contains("2026-07-21", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damaged_annotation_is_set_aside_with_its_file_and_the_intact_ones_are_kept()
    {
        using var data = new TemporaryDirectory();
        int number;
        using (var store = Open(data))
        {
            number = Annotate(store, 20);
            store.Readings.Annotate(number, new Reading(Start + 9, 4, Quality.Good), s_marked, out _);
            await store.SealAsync(TestContext.Current.CancellationToken);
        }

        Execute(data, $"UPDATE annotation SET value = 7 WHERE time_ms = {Start + 9}");
        using var again = Open(data);
        var kept = Assert.Single(await again.Readings.AnnotationsAsync(number, 0, long.MaxValue, default));
        Assert.Equal(Start, kept.TimeMs);
        Assert.Contains("of annotations 1 and 1", Assert.Single(again.Readings.Health.SetAside), StringComparison.Ordinal);
        Assert.Equal(3, (await again.Readings.RangeAsync(number, 0, long.MaxValue, 10, default)).Count);
    }

    [Fact]
    public async Task Backup_holds_annotations_and_a_lost_city_database_does_not_hide_them()
    {
        using var data = new TemporaryDirectory();
        using var backups = new TemporaryDirectory();
        using (var store = EmbeddedStore.Open(data.Path, new StoreOptions { Inline = true, BackupsDirectory = backups.Path }, _time))
        {
            Annotate(store, 20);
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
        Assert.True(restored.Readings.IsAnnotated(number));
        Assert.Equal(s_marked, Assert.Single(await restored.Readings.AnnotationsAsync(number, 0, long.MaxValue, default)).Content);
    }

    [Fact]
    public void Annotation_beyond_its_limit_is_refused_before_anything_is_stored()
    {
        using var data = new TemporaryDirectory();
        using var store = Open(data);
        var number = store.Readings.Register(s_key, TimeSpan.FromDays(2));
        var large = Annotation.None with { Parameters = $"{{\"a\":\"{new string('x', Annotation.MostBytes)}\"}}" };
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Readings.Annotate(number, new Reading(Start, 1, Quality.Good), large, out _));
        Assert.False(store.Readings.IsAnnotated(number));
        Assert.Equal(0, store.Readings.Health.UnsealedReadings);
    }

    private static int Annotate(EmbeddedStore store, int days)
    {
        var number = store.Readings.Register(s_key, TimeSpan.FromDays(days));
        store.Readings.Annotate(number, new Reading(Start, 1, Quality.Good), s_marked, out var outcome);
        Assert.Equal(AppendOutcome.Stored, outcome);
        store.Readings.Append(number, [new Reading(Start + 1, 2, Quality.Good)], new AppendOutcome[1]);
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
