using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Blocks;
using Quartier.Storage.Databases;
using Quartier.Storage.Readings;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Partitions;

/// <summary>
/// The partition files by expiry day, at most so many of them open. A file found damaged is moved aside, its intact blocks go to a
/// fresh one, and work goes on.
/// </summary>
internal sealed class PartitionSet(IDatabaseFiles files, int mostOpen, SetAsideList setAside) : IDisposable
{
    /// <summary>Folder of the files.</summary>
    public const string Folder = "partitions";

    private readonly Lock _gate = new();
    private readonly Lock _replaceGate = new();
    private readonly SortedSet<int> _days = [.. files.List(Folder).Select(DayOf).OfType<int>()];
    private readonly Dictionary<int, Lease> _open = [];
    private readonly Dictionary<int, int> _replaced = [];
    private readonly Dictionary<int, long> _identities = [];
    private long _uses;

    /// <summary>Held for reading while an answer is put together from several files, for writing while something moves between files or a file goes.</summary>
    public ReaderWriterLockSlim Layout { get; } = new();

    /// <summary>The expiry days that have a file, ascending.</summary>
    public int[] Days
    {
        get
        {
            lock (_gate)
            {
                return [.. _days];
            }
        }
    }

    /// <summary>Whether the day has a file.</summary>
    public bool Has(int day)
    {
        lock (_gate)
        {
            return _days.Contains(day);
        }
    }

    /// <summary>Blocks of the datastream that may hold readings in [fromMs, toMs); none when the day has no file.</summary>
    public List<Block> Read(int day, int datastream, long fromMs, long toMs) =>
        Has(day) ? Use(day, file => file.Read(datastream, fromMs, toMs)) : [];

    /// <summary>Reads what the day's file holds; <paramref name="absent"/> when the day has no file.</summary>
    public T Query<T>(int day, T absent, Func<Database, T> query) => Has(day) ? Use(day, file => file.Query(query)) : absent;

    /// <summary>What tells the day's file from any other that ever had its name; null when the day has no file.</summary>
    public long? Identity(int day)
    {
        lock (_gate)
        {
            if (!_days.Contains(day))
            {
                return null;
            }

            if (_identities.TryGetValue(day, out var known))
            {
                return known;
            }
        }

        var identity = Use(day, file => file.Query(RollUpTable.Identity));
        lock (_gate)
        {
            if (_days.Contains(day))
            {
                _identities[day] = identity;
            }
        }

        return identity;
    }

    /// <summary>Brings what the day's write-ahead log holds into the file and empties the log; false when a reader keeps it.</summary>
    public bool EmptyLog(int day) => !Has(day) || Use(day, file => file.EmptyLog());

    /// <summary>Runs the work in one transaction on the day's file, which is created when absent.</summary>
    public void Write(int day, Action<PartitionTransaction> work) => Use(day, file =>
    {
        file.Write(work);
        return 0;
    });

    /// <summary>Whether the seal batch is in the day's file.</summary>
    public bool HasBatch(int day, long batch) => Has(day) && Use(day, file => file.HasBatch(batch));

    /// <summary>Of each datastream in the day's file the block that ends last.</summary>
    public List<Block> LastBlocks(int day) => Use(day, file => file.LastBlocks());

    /// <summary>Describes the day's file.</summary>
    public PartitionManifest Describe(int day)
    {
        var (blocks, readings) = Use(day, file => file.Count());
        return new PartitionManifest(EventDay.Name(day), blocks, readings, files.SizeBytes(PathOf(day)));
    }

    /// <summary>Removes the day's file.</summary>
    public void Drop(int day)
    {
        Layout.EnterWriteLock();
        try
        {
            Retire(day);
            files.Delete(PathOf(day));
            lock (_gate)
            {
                _days.Remove(day);
                _identities.Remove(day);
            }
        }
        finally
        {
            Layout.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var lease in _open.Values)
            {
                lease.File.Dispose();
            }

            _open.Clear();
        }

        Layout.Dispose();
    }

    private static string PathOf(int day) => $"{Folder}/{EventDay.Name(day)}.db";

    private static int? DayOf(string name) => EventDay.Parse(Path.GetFileNameWithoutExtension(name));

    private T Use<T>(int day, Func<PartitionFile, T> work)
    {
        var replacements = Replacements(day);
        try
        {
            return Attempt(day, work);
        }
        catch (Exception damage) when (damage is InvalidDataException or DatabaseException { IsDamage: true })
        {
            Replace(day, replacements, damage.Message);
            return Attempt(day, work);
        }
    }

    private T Attempt<T>(int day, Func<PartitionFile, T> work)
    {
        var lease = Rent(day);
        try
        {
            return work(lease.File);
        }
        finally
        {
            Return(lease);
        }
    }

    private Lease Rent(int day)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(day, out var lease))
            {
                CloseIdle_NeedsLock();
                lease = new Lease(new PartitionFile(files, PathOf(day)));
                _open.Add(day, lease);
                _days.Add(day);
            }

            lease.Users++;
            lease.LastUse = ++_uses;
            return lease;
        }
    }

    private void Return(Lease lease)
    {
        lock (_gate)
        {
            lease.Users--;
            if (lease.Retired && lease.Users == 0)
            {
                lease.File.Dispose();
            }
        }
    }

    private void CloseIdle_NeedsLock()
    {
        if (_open.Count < mostOpen)
        {
            return;
        }

        var idle = _open.Where(o => o.Value.Users == 0).OrderBy(o => o.Value.LastUse).FirstOrDefault();
        if (idle.Value is not null)
        {
            _open.Remove(idle.Key);
            idle.Value.File.Dispose();
        }
    }

    private void Retire(int day)
    {
        lock (_gate)
        {
            if (_open.Remove(day, out var lease))
            {
                lease.Retired = true;
                if (lease.Users == 0)
                {
                    lease.File.Dispose();
                }
            }
        }
    }

    private int Replacements(int day)
    {
        lock (_gate)
        {
            return _replaced.GetValueOrDefault(day);
        }
    }

    private void Replace(int day, int replacements, string reason)
    {
        lock (_replaceGate)
        {
            // Two threads may find the same damage: the second one finds the file replaced.
            if (Replacements(day) != replacements)
            {
                return;
            }

            Retire(day);
            var aside = files.SetAside(PathOf(day));
            using var damaged = new PartitionFile(files, aside);
            var saved = new List<Block>();
            var lost = SalvageInto(saved, damaged);
            var (annotations, corrections) = (new List<(int Datastream, AnnotationRow Row)>(), new List<(int Datastream, AnnotationRow Row)>());
            var lostAnnotations = SalvageInto(annotations, AnnotationTable.Annotations, damaged);
            var lostCorrections = SalvageInto(corrections, AnnotationTable.Corrections, damaged);
            var (rollUps, identity) = SalvageRollUps(damaged);
            using var fresh = new PartitionFile(files, PathOf(day));
            fresh.Write(transaction =>
            {
                saved.ForEach(transaction.Put);
                annotations.ForEach(a => transaction.Annotate(a.Datastream, [a.Row]));
                corrections.ForEach(c => transaction.Correct(c.Datastream, [c.Row]));
                rollUps.ForEach(transaction.Put);
                transaction.Identify(identity);
            });
            lock (_gate)
            {
                _replaced[day] = replacements + 1;
                _identities.Remove(day);
            }

            setAside.Add($"{aside}: {reason} {saved.Count} intact blocks were kept, {lost} were lost; of annotations {annotations.Count} and {lostAnnotations}, of corrections {corrections.Count} and {lostCorrections}. Restore the file from a backup if you have one.");
        }
    }

    private static string SalvageInto(List<Block> saved, PartitionFile damaged)
    {
        try
        {
            return $"{damaged.Salvage(saved.Add)}";
        }
        catch (Exception end) when (end is DatabaseException or StoreException)
        {
            return "all that follow";
        }
    }

    private static string SalvageInto(List<(int Datastream, AnnotationRow Row)> saved, AnnotationTable table, PartitionFile damaged)
    {
        try
        {
            return $"{damaged.Query(database => table.Salvage(database, (datastream, row) => saved.Add((datastream, row))))}";
        }
        catch (Exception end) when (end is DatabaseException or StoreException)
        {
            return "all that follow";
        }
    }

    // Without its identity the roll-ups that sum the file count beside it until it expires: nothing else knows what it was.
    private static (List<RollUpRow> Rows, long? Identity) SalvageRollUps(PartitionFile damaged)
    {
        try
        {
            var identity = damaged.Query(RollUpTable.Identity);
            return (damaged.Query(RollUpTable.All), identity);
        }
        catch (Exception end) when (end is DatabaseException or StoreException)
        {
            return ([], null);
        }
    }

    private sealed class Lease(PartitionFile file)
    {
        public PartitionFile File { get; } = file;

        public int Users { get; set; }

        public long LastUse { get; set; }

        public bool Retired { get; set; }
    }
}
