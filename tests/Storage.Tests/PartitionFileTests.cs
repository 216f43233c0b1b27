using Quartier.Storage.Databases;
using Quartier.Storage.Partitions;

namespace Quartier.Storage.Tests;

/// <summary>One partition file and its two connections.</summary>
public sealed class PartitionFileTests
{
    // Which of the two comes first is chance: before connections were opened one after the other, one of some hundred files failed.
    private const int Files = 100;

    [Fact]
    public void A_reader_that_comes_while_the_file_is_made_waits_for_it()
    {
        using var directory = new TemporaryDirectory();
        var files = new LocalDatabaseFiles(directory.Path);
        for (var i = 0; i < Files; i++)
        {
            using var file = new PartitionFile(files, $"partitions/{i}.db");
            using var start = new Barrier(2);
            Parallel.Invoke(
                () =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    file.Write(transaction => transaction.Identify(i));
                },
                () =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    Assert.Empty(file.Read(1, 0, 1));
                });
        }
    }
}
