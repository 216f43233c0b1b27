using System.Collections.Concurrent;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Ledgers;

/// <summary>The cities' ledgers, opened when first needed, and the key that they share.</summary>
internal sealed class OpenLedgers(LedgerPlace place) : IDisposable
{
    private readonly ConcurrentDictionary<string, CityLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private LedgerKey? _key;

    /// <summary>All that are open.</summary>
    public IEnumerable<KeyValuePair<string, CityLedger>> All => _ledgers;

    /// <summary>What keeps ledgers from being opened.</summary>
    public IEnumerable<LedgerFinding> Failures => _failures.Select(f => new LedgerFinding(f.Key, IsBroken: true, f.Value));

    /// <summary>The public key as PEM; null before the first ledger.</summary>
    public string? PublicKey
    {
        get
        {
            lock (_gate)
            {
                return _key?.PublicPem;
            }
        }
    }

    /// <summary>Loads the key when there is one: a key that others may read is to be known before anything else happens.</summary>
    /// <exception cref="StoreException">The key cannot be used.</exception>
    public void LoadKey()
    {
        lock (_gate)
        {
            if (LedgerKey.Exists(place.Disk))
            {
                _key ??= LedgerKey.Open(place.Disk);
            }
        }
    }

    /// <summary>A city's ledger.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public CityLedger Get(string city) => _ledgers.TryGetValue(city, out var ledger) ? ledger : Open(city);

    /// <summary>A city's ledger, or null when it cannot be opened; <see cref="Failures"/> says why.</summary>
    public CityLedger? Find(string city)
    {
        try
        {
            return Get(city);
        }
        catch (StoreException)
        {
            // Kept among the failures.
            return null;
        }
    }

    /// <summary>Keeps the files of a broken ledger aside and opens the log that follows it.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="first">The first entry of that log.</param>
    /// <exception cref="IOException">The disk refused; the ledger is broken still.</exception>
    public CityLedger Continue(string city, LedgerEntry first)
    {
        lock (_gate)
        {
            var broken = _ledgers[city];
            broken.Retire();
            try
            {
                new BreakAcceptance(place, city).Run(broken.Generation, first);
            }
            finally
            {
                _ledgers[city] = CityLedger.Open(place, city, _key!.Key);
            }

            return _ledgers[city];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var ledger in _ledgers.Values)
        {
            ledger.Dispose();
        }

        _key?.Dispose();
    }

    private CityLedger Open(string city)
    {
        var folder = LedgerPaths.Folder(city);
        lock (_gate)
        {
            if (_ledgers.TryGetValue(city, out var ledger))
            {
                return ledger;
            }

            try
            {
                if (_key is null && !LedgerKey.Exists(place.Disk) && place.Disk.List(folder).Count > 0)
                {
                    throw new StoreException(
                        $"The ledger of {city} cannot be continued: {LedgerPaths.Key} is missing from the data directory. Restore it from the backup.");
                }

                _key ??= LedgerKey.Open(place.Disk);
                ledger = CityLedger.Open(place, city, _key.Key);
            }
            catch (Exception failure) when (failure is IOException or StoreException)
            {
                _failures[city] = failure.Message;
                throw failure as StoreException ?? new StoreException($"The ledger of {city} cannot be opened: {failure.Message}", failure);
            }

            _failures.TryRemove(city, out _);
            return _ledgers[city] = ledger;
        }
    }
}
