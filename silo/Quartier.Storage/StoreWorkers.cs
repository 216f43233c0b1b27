using Quartier.Storage.Readings;

namespace Quartier.Storage;

/// <summary>The store's two threads: one brings the journal to the disk, one seals.</summary>
internal sealed class StoreWorkers : IDisposable
{
    /// <summary>How often the sealer looks for work: what comes due meanwhile shares a transaction.</summary>
    private static readonly TimeSpan s_sealInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a writer that waits for an overwhelmed sealer looks again.</summary>
    private static readonly TimeSpan s_reliefInterval = TimeSpan.FromMilliseconds(5);

    private readonly StoreCore _core;
    private readonly Sealer _sealer;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _writing;
    private readonly Thread _sealing;

    /// <summary>Starts the threads.</summary>
    public StoreWorkers(StoreCore core, Sealer sealer)
    {
        (_core, _sealer) = (core, sealer);
        _writing = new Thread(Write) { IsBackground = true, Name = "quartier-journal" };
        _sealing = new Thread(Seal) { IsBackground = true, Name = "quartier-sealer" };
        _writing.Start();
        _sealing.Start();
    }

    /// <summary>Stops sealing, brings what is pending to the disk, and ends.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _sealing.Join();
        _core.Journal.Close();
        _writing.Join();
        _stopping.Dispose();
    }

    private void Write()
    {
        while (_core.Journal.WaitForWork())
        {
            // Acknowledgements wait, so that callers slow down to what the sealer can do; its own announcements go through.
            while (_sealer.IsOverwhelmed && !_core.Journal.IsAwaited && !_stopping.IsSet)
            {
                _stopping.Wait(s_reliefInterval);
            }

            if (_core.Journal.Flush())
            {
                continue;
            }

            if (_core.Journal.IsClosed)
            {
                // What is not on the disk was never acknowledged.
                return;
            }

            _stopping.Wait(_core.Options.RetryInterval);
        }
    }

    private void Seal()
    {
        while (!_stopping.IsSet)
        {
            var worked = _sealer.Step();
            if (_sealer.Failure is not null)
            {
                _stopping.Wait(_core.Options.RetryInterval);
            }
            else if (!worked || _sealer.Due == 0)
            {
                _stopping.Wait(s_sealInterval);
            }
        }
    }
}
