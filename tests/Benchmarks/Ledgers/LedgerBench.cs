using System.Diagnostics;
using System.Globalization;
using Quartier.Benchmarks.Policies;
using Quartier.Client.Ledgers;
using Quartier.Contracts.Ledgers;
using Quartier.Storage;
using LedgerEntry = Quartier.Contracts.Ledgers.LedgerEntry;

namespace Quartier.Benchmarks.Ledgers;

/// <summary>
/// What recording and proving cost: the throughput of <c>latest</c> over HTTP with and without a note for each read, and entries written, opened
/// again, exported and verified. Verified by counting the notes in the ledger, and by an export with one bit flipped, which must not hold.
/// </summary>
internal static class LedgerBench
{
    private const double Million = 1_000_000;
    private const int Steps = 100;
    private const int Proofs = 500;
    private const string City = "bench";

    /// <summary>Runs both parts.</summary>
    /// <param name="duration">How long reads are measured.</param>
    /// <param name="entries">How many entries are written; figures are for a million.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PolicyFigures> RunAsync(TimeSpan duration, int entries, CancellationToken cancellation)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-bench-ledger-").FullName;
        try
        {
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
            var isRight = await ReadsBench.RunAsync(Path.Combine(directory, "reads"), duration, figures, cancellation).ConfigureAwait(false);
            isRight &= await VerifyAsync(directory, entries, figures, cancellation).ConfigureAwait(false);
            foreach (var (name, value) in figures)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36} | {value,12:N3}"));
            }

            return new PolicyFigures(figures, isRight);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<bool> VerifyAsync(string directory, int entries, SortedDictionary<string, double> figures, CancellationToken cancellation)
    {
        var (data, export) = (Path.Combine(directory, "data"), Path.Combine(directory, "export.ndjson"));
        figures["ledger_write_seconds_per_million"] = PerMillion(() => Fill(data, entries));
        EmbeddedStore? store = null;
        figures["ledger_start_seconds_per_million"] = PerMillion(() =>
        {
            store = EmbeddedStore.Open(data, new StoreOptions { Inline = true });
            _ = store.LedgerReader.Head(City);
        });
        using (store)
        {
            var clock = Stopwatch.StartNew();
            await ExportAsync(store!, export, cancellation).ConfigureAwait(false);
            figures["ledger_export_seconds_per_million"] = Rounded(clock.Elapsed, entries);
            clock.Restart();
            for (var i = 0L; i < Proofs; i++)
            {
                _ = await store!.LedgerReader.InclusionProofAsync(City, i * entries / Proofs, entries).ConfigureAwait(false);
            }

            figures["ledger_proof_us"] = Math.Round(clock.Elapsed.TotalMicroseconds / Proofs, 1);
        }

        figures["ledger_export_bytes_per_entry"] = Math.Round((double)new FileInfo(export).Length / entries, 1);
        var verifying = Stopwatch.StartNew();
        var verdict = await CheckAsync(export, cancellation).ConfigureAwait(false);
        figures["ledger_verify_seconds_per_million"] = Rounded(verifying.Elapsed, entries);
        await FlipAsync(export, cancellation).ConfigureAwait(false);
        var flipped = await CheckAsync(export, cancellation).ConfigureAwait(false);
        return verdict.Holds && verdict.Entries == entries && !flipped.Holds;

        double PerMillion(Action work)
        {
            var writing = Stopwatch.StartNew();
            work();
            return Rounded(writing.Elapsed, entries);
        }
    }

    private static void Fill(string directory, int entries)
    {
        using var store = EmbeddedStore.Open(directory, new StoreOptions { Inline = true });
        for (var i = 0; i < entries; i++)
        {
            var isNoted = store.Ledger.TryNote(City, new LedgerEntry(
                1_798_761_600_000 + i, LedgerEntryKind.Read, "public", "mitte", "weather", [$"gateway-{i % 97}/sensor-{i}/temperature"], "raw", 1, 1, "city 3", "grant-weather", null));
            if (!isNoted || ((i + 1) % (entries / Steps) == 0 && !store.Pump()))
            {
                throw new InvalidOperationException($"The ledger refused entry {i}.");
            }
        }
    }

    private static async Task ExportAsync(EmbeddedStore store, string path, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await foreach (var line in store.LedgerReader.ExportAsync(City, cancellation).ConfigureAwait(false))
        {
            await file.WriteAsync(line, cancellation).ConfigureAwait(false);
            file.WriteByte((byte)'\n');
        }
    }

    private static async Task<LedgerVerdict> CheckAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return await LedgerVerifier.VerifyAsync(file, null, [], cancellation).ConfigureAwait(false);
    }

    private static async Task FlipAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        var one = new byte[1];
        await file.ReadExactlyAsync(one, cancellation).ConfigureAwait(false);
        one[0] ^= 1;
        file.Position--;
        await file.WriteAsync(one, cancellation).ConfigureAwait(false);
    }

    private static double Rounded(TimeSpan time, int entries) => Math.Round(time.TotalSeconds * Million / entries, 2);
}
