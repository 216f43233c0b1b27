using Quartier.Storage.Databases;
using Quartier.Storage.Partitions;

namespace Quartier.Storage.Tests;

/// <summary>One partition file and its two connections.</summary>
public sealed class PartitionFileTests
{
    /// <summary>SQLite fails a second connection as locked, without waiting, while the first turns a new file into one with a write-ahead log.</summary>
    [Fact]
    public void A_reader_that_comes_while_the_file_is_made_waits_for_it()
    {
        using var directory = new TemporaryDirectory();
        using var making = new ManualResetEventSlim();
        var files = new MeetingFiles(new LocalDatabaseFiles(directory.Path), making);
        using var file = new PartitionFile(files, "partitions/new.db");
        var failures = new Exception?[2];
        var reader = new Thread(() => failures[0] = Record.Exception(() => Assert.Empty(file.Read(1, 0, 1))));
        files.Second = reader;
        var writer = new Thread(() => failures[1] = Record.Exception(() => file.Write(transaction => transaction.Identify(1))));
        writer.Start();
        making.Wait(TestContext.Current.CancellationToken);
        reader.Start();
        writer.Join();
        reader.Join();
        Assert.Equal([null, null], failures);
        Assert.Equal((2, 1), (files.Opened, files.MostAtOnce));
    }

    /// <summary>Whoever opens first goes on when the second has come in too, or waits outside.</summary>
    private sealed class MeetingFiles(IDatabaseFiles inner, ManualResetEventSlim making) : IDatabaseFiles
    {
        private int _inside;
        private int _opened;
        private int _mostAtOnce;

        public Thread? Second { get; set; }

        public int Opened => _opened;

        public int MostAtOnce => _mostAtOnce;

        public Database Open(string path)
        {
            _mostAtOnce = Math.Max(_mostAtOnce, Interlocked.Increment(ref _inside));
            if (Interlocked.Increment(ref _opened) == 1)
            {
                making.Set();
                SpinWait.SpinUntil(() => Volatile.Read(ref _opened) > 1 || Second!.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            }

            try
            {
                return inner.Open(path);
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }

        public IReadOnlyList<string> List(string folder) => inner.List(folder);

        public void Delete(string path) => inner.Delete(path);

        public string SetAside(string path) => inner.SetAside(path);

        public long SizeBytes(string path) => inner.SizeBytes(path);
    }
}
