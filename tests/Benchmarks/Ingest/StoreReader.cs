using Quartier.Contracts.Readings;
using Quartier.Storage;

namespace Quartier.Benchmarks.Ingest;

/// <summary>Opens a stopped silo's data directory to look at what it holds.</summary>
internal sealed class StoreReader : IAsyncDisposable
{
    private readonly EmbeddedStore _store;

    private StoreReader(EmbeddedStore store) => _store = store;

    /// <summary>The readings.</summary>
    public IReadingStore Readings => _store.Readings;

    /// <summary>Opens it.</summary>
    public static async Task<StoreReader> OpenAsync(string dataDirectory) => new(await EmbeddedStore.OpenAsync(dataDirectory).ConfigureAwait(false));

    /// <summary>Bytes on disk for each reading in sealed blocks, everything in the partition files included; seals what is open first.</summary>
    public async Task<double> BytesPerReadingAsync()
    {
        await _store.SealAsync().ConfigureAwait(false);
        var manifest = await _store.Readings.ManifestAsync(CancellationToken.None).ConfigureAwait(false);
        var readings = manifest.Partitions.Sum(p => p.Readings);
        return readings == 0 ? 0 : manifest.Partitions.Sum(p => p.Bytes) / (double)readings;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
