using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Backups;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Accounts;
using Quartier.Storage.Backups;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;
using Quartier.Storage.Disk;
using Quartier.Storage.Gateways;
using Quartier.Storage.Ledgers;
using Quartier.Storage.Publication;
using Quartier.Storage.Readings;
using Quartier.Storage.Retention;
using Quartier.Storage.SensorThings;

namespace Quartier.Storage;

/// <summary>
/// The embedded store: a journal in front of SQLite partition files, and city.db. One process at a time holds a data directory.
/// </summary>
public sealed class EmbeddedStore : IDisposable
{
    private readonly StoreCore _core;
    private readonly Sealer _sealer;
    private readonly StoreWorkers? _workers;
    private readonly CityLedgers _ledgers;
    private readonly EntityConnections _connections;
    private readonly DirectoryLock? _lock;
    private readonly Lock _disposeGate = new();
    private bool _disposed;

    private EmbeddedStore(IDisk disk, IDatabaseFiles files, StoreOptions options, TimeProvider time, DirectoryLock? held, IDisk? outside)
    {
        _lock = held;
        (_core, _sealer) = StoreOpening.Open(disk, files, options, time);
        Readings = new ReadingStore(_core, _sealer);
        Retention = new RetentionStore(_core, _sealer);
        Certificates = new CertificateStore(_core.City);
        Alerts = new AlertStore(_core.City);
        var news = new EntityNews();
        Registry = new RegistryStore(_core.City, news);
        Accounts = new AccountStore(_core.City);
        AccountChanges = new AccountChanges(_core.City);
        Gateways = new GatewayCredentialStore(_core.City);
        Policies = new PolicyStore(_core.City);
        Publications = new PublicationStore(_core.City);
        GrainStates = new CityGrainStorage(_core.City);
        _connections = new EntityConnections(files, time);
        var answered = new AnsweredReads(_connections, Readings, time);
        Entities = new EntityStore(_core.City, _connections, answered, news);
        Observations = new ObservationReader(answered, Readings, time);
        var (ledgers, pseudonyms) = LedgerOpening.Open(_core, new LedgerPlace(disk, outside, time, options.LedgerSegmentBytes));
        _ledgers = new CityLedgers(ledgers, pseudonyms, time, options.Inline);
        LedgerReader = new LedgerReading(ledgers, _ledgers);
        Pseudonyms = new PseudonymBook(pseudonyms, _ledgers, time);
        _workers = options.Inline ? null : new StoreWorkers(_core, _sealer);
    }

    /// <summary>Where readings rest.</summary>
    public IReadingStore Readings { get; }

    /// <summary>Where stored readings end.</summary>
    public IRetentionStore Retention { get; }

    /// <summary>Where certificates of deletion rest.</summary>
    public ICertificateStore Certificates { get; }

    /// <summary>Where backups are made; null when no directory was given for them.</summary>
    public IBackupStore? Backups { get; private set; }

    /// <summary>Where alerts rest.</summary>
    public IAlertStore Alerts { get; }

    /// <summary>Where registry documents rest.</summary>
    public IRegistryStore Registry { get; }

    /// <summary>Where persons, keys, sessions and sign-in links rest.</summary>
    public IAccountStore Accounts { get; }

    /// <summary>Where it rests who could act as whom.</summary>
    public IAccountChanges AccountChanges { get; }

    /// <summary>Where gateways' credentials rest.</summary>
    public IGatewayCredentialStore Gateways { get; }

    /// <summary>Where policy documents rest.</summary>
    public IPolicyStore Policies { get; }

    /// <summary>Where published tables rest.</summary>
    public IPublicationStore Publications { get; }

    /// <summary>Where the entities of the SensorThings API rest, all but Observations.</summary>
    public IEntityStore Entities { get; }

    /// <summary>Readings as the SensorThings API asks for them.</summary>
    public IObservationReader Observations { get; }

    /// <summary>Where grain states rest; register it under the name <c>city</c>.</summary>
    public IGrainStorage GrainStates { get; }

    /// <summary>Where reads, denials and changes are recorded.</summary>
    public ILedger Ledger => _ledgers;

    /// <summary>Where the record is read.</summary>
    public ILedgerReader LedgerReader { get; }

    /// <summary>Who the ledgers' pseudonyms stand for.</summary>
    public IPseudonyms Pseudonyms { get; }

    /// <summary>What the store has done since it was opened.</summary>
    public StoreCounters Counters => _core.Counters;

    /// <summary>Opens a data directory, which is created for its owner alone when absent, and recovers what the last run left.</summary>
    /// <exception cref="StoreException">
    /// Another process holds the directory, other users may enter it, or its format is newer than the program.
    /// </exception>
    public static EmbeddedStore Open(string dataDirectory, StoreOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        var directory = Path.GetFullPath(dataDirectory);
        DataDirectory.Prepare(directory, logger ?? NullLogger.Instance);
        options ??= new StoreOptions();
        var outside = options.LedgerCheckpointsDirectory is { } path ? new LocalDisk(Path.GetFullPath(path)) : null;
        var held = DirectoryLock.Take(directory);
        try
        {
            var store = new EmbeddedStore(
                new LocalDisk(directory), new LocalDatabaseFiles(directory), options, time ?? TimeProvider.System, held, outside);
            RestoredDirectory.TakeUp(directory, store._core, store._sealer);
            store.Backups = options.BackupsDirectory is { } backups
                ? new BackupStore(store._core, store._sealer, directory, Path.GetFullPath(backups))
                : null;
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Opens a data directory on the thread pool.</summary>
    public static Task<EmbeddedStore> OpenAsync(
        string dataDirectory, StoreOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(dataDirectory, options, time, null), cancellationToken);

    /// <summary>
    /// Brings what is pending to the disk and seals what is due, on the calling thread: for stores opened with <see cref="StoreOptions.Inline"/>.
    /// False when the disk refused; nothing is lost, pump again.
    /// </summary>
    public bool Pump()
    {
        var isFlushed = _core.Journal.Flush();
        do
        {
            _sealer.Step();
        }
        while (_sealer.Failure is null && _sealer.Due > 0);

        var isRecorded = _ledgers.Step(all: true);
        return isFlushed && _core.Journal.Flush() && _sealer.Failure is null && isRecorded;
    }

    /// <summary>Seals every open block now: for measurements, and before a data directory is copied away.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public Task SealAsync(CancellationToken cancellationToken = default) =>
        _core.Options.Inline ? Sealed() : Task.Run(Sealed, cancellationToken);

    /// <summary>Stops accepting readings, brings what was accepted to the disk and closes all files.</summary>
    public void Dispose()
    {
        lock (_disposeGate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _ledgers.Dispose();
        _workers?.Dispose();
        _core.Journal.Close();
        _ = _core.Journal.Flush();
        _core.Journal.Dispose();
        _connections.Dispose();
        _core.City.Dispose();
        _core.Partitions.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Opens a store on other files, such as simulated ones.</summary>
    internal static EmbeddedStore Open(IDisk disk, IDatabaseFiles files, StoreOptions options, TimeProvider time, IDisk? outside = null) =>
        new(disk, files, options, time, null, outside);

    private Task Sealed()
    {
        if (!_sealer.SealBefore(long.MaxValue))
        {
            throw new StoreException($"Readings cannot be sealed: {_sealer.Failure?.Message ?? _core.Journal.Failure?.Message}", _sealer.Failure);
        }

        return Task.CompletedTask;
    }
}
