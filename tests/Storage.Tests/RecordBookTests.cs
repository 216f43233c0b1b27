using System.Text;
using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Quartier.Storage.Records;

namespace Quartier.Storage.Tests;

public sealed class RecordBookTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTime _time = new(Start);

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Records_survive_the_process_in_the_order_of_their_changes()
    {
        using (var book = Open())
        {
            await book.WriteAsync([Keep("a1", "1"), Keep("a2", "2"), Keep("b1", "3"), Remove("a2"), Keep("a1", "4")]);
            await book.WriteAsync([RemoveAll("b"), Keep("b2", "5")]);
            await book.WriteAsync([]);
        }

        using var again = Open();
        Assert.Equal(["a1=4", "b2=5"], Contents(again));
    }

    [Fact]
    public async Task What_has_ended_is_not_read_and_leaves_no_byte_behind()
    {
        using var book = Open();
        var secret = new string('s', 3000);
        await book.WriteAsync([Keep("a", secret, NowMs + 1000), Keep("b", "stays"), Keep("c", "longer", NowMs + 2000)]);
        _time.Advance(TimeSpan.FromMilliseconds(1000));
        Assert.Equal(["b=stays", "c=longer"], Contents(book));
        Assert.Equal(1, book.RemoveEnded(NowMs));
        Assert.Equal(0, book.RemoveEnded(NowMs));
        foreach (var file in Directory.GetFiles(Path.Combine(_directory.Path, "records")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(secret[..100], await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_examination_finds_what_should_be_gone()
    {
        using var store = EmbeddedStore.Open(_directory.Path, time: _time);
        using var book = Open();
        await book.WriteAsync([Keep("a", "1", NowMs + 1000), Keep("b", "2")]);
        _time.Advance(TimeSpan.FromHours(1));
        var overdue = (await store.Retention.ExamineAsync(NowMs, [], TestContext.Current.CancellationToken)).Single(p => p.Place == "messages that wait for clients");
        Assert.Equal(2, overdue.Examined);
        Assert.Contains("records/mqtt.db holds 1 messages", overdue.Findings.Single(), StringComparison.Ordinal);
        book.RemoveEnded(NowMs);
        var clean = (await store.Retention.ExamineAsync(NowMs, [], TestContext.Current.CancellationToken)).Single(p => p.Place == "messages that wait for clients");
        Assert.Empty(clean.Findings);
    }

    [Fact]
    public async Task A_closed_book_takes_nothing_and_a_newer_one_is_refused()
    {
        var book = Open();
        book.Dispose();
        book.Dispose();
        await Assert.ThrowsAsync<Quartier.Contracts.Readings.StoreException>(() => book.WriteAsync([Keep("a", "1")]));
        using (var database = new Databases.LocalDatabaseFiles(_directory.Path).Open("records/mqtt.db"))
        {
            database.Execute("PRAGMA user_version=99");
        }

        Assert.Throws<Quartier.Contracts.Readings.StoreException>(Open);
    }

    [Fact]
    public async Task A_disk_that_refuses_to_remove_is_told_of_at_each_attempt_until_it_gives_in()
    {
        var time = new TickingTime(Start);
        var told = new List<Exception>();
        using var book = RecordBook.Open(_directory.Path, "mqtt", time, told.Add);
        await book.WriteAsync([Keep("a", "1", NowMs + 1000), Keep("b", "2")]);
        time.Advance(TimeSpan.FromMinutes(1));
        Refuse("DELETE", "no space left");
        time.Tick();
        time.Tick();
        Assert.Equal(2, told.Count);
        Assert.All(told, failure => Assert.Contains("no space left", Assert.IsAssignableFrom<IOException>(failure).Message, StringComparison.Ordinal));
        Assert.Equal(["a=1", "b=2"], [.. book.Read(0).Select(r => $"{Encoding.UTF8.GetString(r.Key.Span)}={Encoding.UTF8.GetString(r.Value.Span)}").Order(StringComparer.Ordinal)]);
        GiveIn();
        time.Tick();
        Assert.Equal(2, told.Count);
        Assert.Equal(0, book.RemoveEnded(time.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.Single(book.Read(0));
    }

    [Fact]
    public async Task A_write_that_the_disk_refuses_changes_nothing_says_why_and_the_next_one_is_tried()
    {
        using var book = Open();
        await book.WriteAsync([Keep("a", "1")]);
        Refuse("INSERT", "no space left");
        var refused = await Assert.ThrowsAsync<Quartier.Contracts.Readings.StoreException>(() => book.WriteAsync([Remove("a"), Keep("b", "2")]));
        Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Free space on the disk", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["a=1"], Contents(book));
        GiveIn();
        await book.WriteAsync([Keep("b", "2")]);
        Assert.Equal(["a=1", "b=2"], Contents(book));
    }

    [Theory]
    [InlineData("00", "01")]
    [InlineData("61FF", "62")]
    [InlineData("FFFF", null)]
    public void All_keys_with_a_prefix_lie_before_the_one_after_it(string prefix, string? after) =>
        Assert.Equal(after, RecordBook.After(Convert.FromHexString(prefix)) is { } key ? Convert.ToHexString(key) : null);

    [Fact]
    public void Any_changes_leave_what_a_dictionary_would_hold() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Kind, byte[] Key, byte[] Value)[]>(),
        async steps =>
        {
            using var directory = new TemporaryDirectory();
            using var book = RecordBook.Open(directory.Path, "mqtt", _time, _ => { });
            var model = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (kind, anyKey, value) in steps.Where(s => s.Key is not null && s.Value is not null))
            {
                byte[] key = [(byte)(kind % 2), .. anyKey.Select(b => (byte)(b % 3))];
                var name = Convert.ToHexString(key);
                switch (kind % 5)
                {
                    case 0:
                        model.Remove(name);
                        await book.WriteAsync([new RecordChange(RecordChangeKind.Remove, key, default, 0)]);
                        break;
                    case 1:
                        model.Keys.Where(k => k.StartsWith(name, StringComparison.Ordinal)).ToList().ForEach(k => model.Remove(k));
                        await book.WriteAsync([new RecordChange(RecordChangeKind.RemoveAll, key, default, 0)]);
                        break;
                    default:
                        model[name] = Convert.ToHexString(value);
                        await book.WriteAsync([new RecordChange(RecordChangeKind.Keep, key, value, long.MaxValue)]);
                        break;
                }
            }

            var kept = book.Read(0).ToDictionary(r => Convert.ToHexString(r.Key.Span), r => Convert.ToHexString(r.Value.Span), StringComparer.Ordinal);
            Assert.Equal(model.OrderBy(p => p.Key, StringComparer.Ordinal), kept.OrderBy(p => p.Key, StringComparer.Ordinal));
        }).Check(Draws.Of(30));

    public void Dispose() => _directory.Dispose();

    /// <summary>From now on the database refuses, as a disk would.</summary>
    private void Refuse(string statement, string reason)
    {
        using var database = new Databases.LocalDatabaseFiles(_directory.Path).Open("records/mqtt.db");
        database.Execute($"CREATE TRIGGER refusal BEFORE {statement} ON record BEGIN SELECT RAISE(ABORT, '{reason}'); END");
    }

    private void GiveIn()
    {
        using var database = new Databases.LocalDatabaseFiles(_directory.Path).Open("records/mqtt.db");
        database.Execute("DROP TRIGGER refusal");
    }

    private RecordBook Open() => RecordBook.Open(_directory.Path, "mqtt", _time, _ => { });

    private List<string> Contents(RecordBook book) =>
        [.. book.Read(NowMs).Select(r => $"{Encoding.UTF8.GetString(r.Key.Span)}={Encoding.UTF8.GetString(r.Value.Span)}").Order(StringComparer.Ordinal)];

    private static RecordChange Keep(string key, string value, long endsMs = long.MaxValue) =>
        new(RecordChangeKind.Keep, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), endsMs);

    private static RecordChange Remove(string key) => new(RecordChangeKind.Remove, Encoding.UTF8.GetBytes(key), default, 0);

    private static RecordChange RemoveAll(string key) => new(RecordChangeKind.RemoveAll, Encoding.UTF8.GetBytes(key), default, 0);

    /// <summary>A clock whose one timer fires when told.</summary>
    private sealed class TickingTime(DateTimeOffset start) : TimeProvider, ITimer
    {
        private DateTimeOffset _now = start;
        private Action? _fire;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return this;
        }

        public void Advance(TimeSpan by) => _now += by;

        public void Tick() => _fire!();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _fire = null;

        public ValueTask DisposeAsync()
        {
            _fire = null;
            return ValueTask.CompletedTask;
        }
    }
}
