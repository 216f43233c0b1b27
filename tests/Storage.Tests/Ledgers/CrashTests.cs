using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>The machine stops, or the disk fails, at every single step of the ledger.</summary>
public sealed class CrashTests
{
    private const int Appends = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_at_any_step_loses_nothing_that_was_acknowledged(bool losesPower)
    {
        for (var step = 1; ; step++)
        {
            var bed = new LedgerBed(step);
            bed.Disk.CrashAt = step;
            var acknowledged = new List<string>();
            var crashed = Crashes(bed, acknowledged);
            if (losesPower)
            {
                bed.Disk.PowerUp();
            }
            else
            {
                bed.Disk.RestartProcess();
            }

            var at = $"step {step}, {bed.Disk.LastStep}";
            using (var store = bed.Open(segmentBytes: 600))
            {
                var all = await LedgerBed.AllAsync(store);
                Assert.True(all.Count >= acknowledged.Count && all.Count <= acknowledged.Count + 1, $"{at}: {all.Count} of {acknowledged.Count}");
                Assert.Equal(acknowledged, all.Take(acknowledged.Count).Select(e => e.Entry.Detail));
                Assert.DoesNotContain(store.LedgerReader.Findings, f => f.IsBroken);
                Assert.Equal(all.Count, LedgerBed.Append(store, bed.Change("after")));
                var verdict = await ExportFile.VerifyAsync(await ExportFile.LinesAsync(store));
                Assert.True(verdict.Holds, $"{at}: {verdict.Fault}");
            }

            if (!crashed)
            {
                Assert.Equal(Appends, acknowledged.Count);
                Assert.True(step > 40, $"only {step} steps were crashed at");
                return;
            }
        }
    }

    [Fact]
    public async Task A_failure_at_any_step_is_answered_and_leaves_a_ledger_that_holds()
    {
        for (var step = 1; ; step++)
        {
            var bed = new LedgerBed(step);
            bed.Disk.FailAt = step;
            var acknowledged = new List<string>();
            try
            {
                using var store = bed.Open(segmentBytes: 600);
                for (var i = 0; i < Appends; i++)
                {
                    TryAppend(bed, store, $"change {i}", acknowledged);
                    bed.Time.Advance(TimeSpan.FromSeconds(25));
                }
            }
            catch (Exception failure) when (failure is IOException or StoreException)
            {
                // The store itself could not be opened: the journal or city.db met the failure.
                Assert.Empty(acknowledged);
            }

            var failed = bed.Disk.Steps >= step;
            bed.Disk.FailAt = 0;
            bed.Disk.RestartProcess();
            using (var after = bed.Open(segmentBytes: 600))
            {
                var all = await LedgerBed.AllAsync(after);
                Assert.Equal(acknowledged, all.Select(e => e.Entry.Detail));
                Assert.DoesNotContain(after.LedgerReader.Findings, f => f.IsBroken);
            }

            if (!failed)
            {
                return;
            }
        }
    }

    private static bool Crashes(LedgerBed bed, List<string> acknowledged)
    {
        try
        {
            using var store = bed.Open(segmentBytes: 600);
            for (var i = 0; i < Appends; i++)
            {
                LedgerBed.Append(store, bed.Change($"change {i}"));
                acknowledged.Add($"change {i}");
                bed.Time.Advance(TimeSpan.FromSeconds(25));
            }

            return false;
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
    }

    private static void TryAppend(LedgerBed bed, EmbeddedStore store, string detail, List<string> acknowledged)
    {
        try
        {
            LedgerBed.Append(store, bed.Change(detail));
            acknowledged.Add(detail);
        }
        catch (StoreException)
        {
            // Refused: it must not be in the ledger, and nothing was acknowledged.
        }
    }
}
