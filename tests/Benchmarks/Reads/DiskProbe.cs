using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Reads;

/// <summary>
/// What the disk itself takes to make a page durable while the silo is measured. Acknowledgements wait for the journal and answers for the ledger's
/// entry, so none can be faster than the disk: on a machine whose disk others share, this tells their share of a slow answer.
/// </summary>
internal sealed class DiskProbe(string directory)
{
    private const int PageBytes = 4096;

    /// <summary>Often enough to meet a stall of a tenth of a second, and one in a hundred of the syncs that the silo itself makes.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly LatencyHistogram _latency = new(TimeProvider.System.TimestampFrequency);

    /// <summary>Milliseconds of which the given share of all syncs took less.</summary>
    public double PercentileMs(double share) => Math.Round(_latency.PercentileMs(share), 3);

    /// <summary>Writes and syncs a page again and again until cancelled, on a thread of its own: a pool thread that waits for the disk would hold up the readers.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken cancellation)
    {
        var page = new byte[PageBytes];
        using var file = File.OpenHandle(Path.Combine(directory, "disk-probe"), FileMode.Create, FileAccess.Write);
        while (!cancellation.WaitHandle.WaitOne(Pace))
        {
            var from = TimeProvider.System.GetTimestamp();
            RandomAccess.Write(file, page, 0);
            RandomAccess.FlushToDisk(file);
            _latency.Record(TimeProvider.System.GetTimestamp() - from);
        }
    }
}
