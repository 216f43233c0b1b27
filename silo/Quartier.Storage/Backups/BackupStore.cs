using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Quartier.Contracts.Backups;
using Quartier.Contracts.Readings;
using Quartier.Storage.Cities;
using Quartier.Storage.Journals;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Backups;

/// <summary>
/// Copies of the data directory. While one is made nothing is sealed, moved or dropped, so that the partitions stand still; readings go on being
/// accepted. city.db is copied before the journal: what a grain's state builds on is then in the copy too.
/// </summary>
internal sealed class BackupStore(StoreCore core, Sealer sealer, string data, string directory) : IBackupStore
{
    /// <summary>Name of the manifest, at the top of a backup.</summary>
    public const string ManifestName = "backup.json";

    /// <summary>Folders that are copied in another way, or hold nothing that a restored city needs.</summary>
    private static readonly string[] s_otherFolders = [JournalFormat.Folder, Partitions.PartitionSet.Folder, SetAsideList.Folder, Retention.Leftovers.Exports];

    /// <summary>A backup that holds nothing that expires is kept for a year.</summary>
    private const int MostDays = 365;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <inheritdoc/>
    public ValueTask<BackupManifest> MakeAsync(CancellationToken cancellationToken) => OffloadAsync(Make, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<BackupManifest>> ListAsync(CancellationToken cancellationToken) => OffloadAsync(
        () => (ImmutableArray<BackupManifest>)[.. Names().Select(Read).OfType<BackupManifest>()], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string name, CancellationToken cancellationToken) => _ = await OffloadAsync(
        () =>
        {
            // The manifest goes last: a removal that was interrupted is seen and done again.
            var path = PathOf(name);
            foreach (var file in Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ManifestName))
            {
                File.Delete(file);
            }

            Directory.Delete(path, recursive: true);
            return path;
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> VerifyAsync(CancellationToken cancellationToken) =>
        OffloadAsync(() => (ImmutableArray<string>)[.. Names().SelectMany(Examine)], cancellationToken);

    private BackupManifest Make()
    {
        var now = core.Time.GetUtcNow();
        var name = now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var target = Path.Combine(directory, name);
        if (Directory.Exists(target))
        {
            throw new IOException($"There is a backup {name} already. Try again in a second.");
        }

        Private(directory);
        Private(target);
        var expires = sealer.Exclusively(() => Copy(target));
        var files = Directory.GetFiles(target, "*", SearchOption.AllDirectories).Select(f => Describe(target, f)).OrderBy(f => f.Path, StringComparer.Ordinal);
        var manifest = new BackupManifest(name, now.ToUnixTimeMilliseconds(), EventDay.Name(expires), [.. files]);
        Write(Path.Combine(target, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, s_json));
        Disk.NativeSync.FlushDirectory(target);
        Disk.NativeSync.FlushDirectory(directory);
        return manifest;
    }

    private int Copy(string target)
    {
        core.City.Read(database =>
        {
            database.CopyTo(Path.Combine(target, CityDatabase.FileName));
            return 0;
        });
        if (!core.Journal.FlushAndRotate())
        {
            throw core.Journal.Failure!;
        }

        Private(Path.Combine(target, JournalFormat.Folder));
        Private(Path.Combine(target, Partitions.PartitionSet.Folder));
        var earliest = int.MaxValue;
        foreach (var path in core.Journal.Segments.Resting())
        {
            Write(Path.Combine(target, path), JournalScan.ReadAll(core.Disk, path));
        }

        foreach (var day in core.Partitions.Days)
        {
            earliest = Math.Min(earliest, day);
            core.Partitions.Query(day, 0, database =>
            {
                database.CopyTo(Path.Combine(target, Partitions.PartitionSet.Folder, $"{EventDay.Name(day)}.db"));
                return 0;
            });
        }

        CopyPlain(target);
        var open = core.Datastreams.All.Select(EarliestOpen).DefaultIfEmpty(int.MaxValue).Min();
        return Math.Min(Math.Min(earliest, open), EventDay.Of(core.Time.GetUtcNow().ToUnixTimeMilliseconds()) + MostDays);
    }

    private static int EarliestOpen(Datastream stream)
    {
        var earliest = int.MaxValue;
        lock (stream.Gate)
        {
            foreach (var block in stream.Open)
            {
                earliest = block.IsEmpty ? earliest : Math.Min(earliest, block.ExpiryDay);
            }
        }

        return earliest;
    }

    // Ledgers, keys and names: append-only or written whole.
    private void CopyPlain(string target)
    {
        foreach (var file in Directory.GetFiles(data, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(data, file);
            if (IsPlain(path))
            {
                Private(Path.GetDirectoryName(Path.Combine(target, path))!);
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new FileStream(Path.Combine(target, path), FileMode.CreateNew, FileAccess.Write, FileShare.None);
                source.CopyTo(copy);
                copy.Flush(flushToDisk: true);
            }
        }
    }

    private static bool IsPlain(string path) =>
        !path.Contains(".db", StringComparison.Ordinal) && !path.StartsWith("lock", StringComparison.Ordinal)
        && !s_otherFolders.Contains(path.Split(Path.DirectorySeparatorChar)[0], StringComparer.Ordinal);

    private IEnumerable<string> Examine(string name)
    {
        if (Read(name) is not { } manifest)
        {
            yield return $"The backup {name} is incomplete: it was interrupted. Remove it.";
            yield break;
        }

        if (EventDay.Parse(manifest.Expires) < EventDay.Of(core.Time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            yield return $"The backup {name} expired on {manifest.Expires}. Run 'quartier backup prune'.";
        }

        var found = Directory.GetFiles(PathOf(name), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ManifestName)
            .Select(f => Describe(PathOf(name), f)).ToDictionary(f => f.Path, StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!found.Remove(file.Path, out var present) || present != file)
            {
                yield return $"The backup {name} is damaged: {file.Path} is {(present is null ? "missing" : "not what it was")}. Do not restore it; make another.";
            }
        }

        foreach (var extra in found.Keys)
        {
            yield return $"The backup {name} holds {extra}, which its manifest does not name. Remove that file.";
        }
    }

    private BackupManifest? Read(string name)
    {
        var path = Path.Combine(PathOf(name), ManifestName);
        return File.Exists(path) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path)) : null;
    }

    private IEnumerable<string> Names() => Directory.Exists(directory)
        ? Directory.GetDirectories(directory).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)
        : [];

    // A name comes from outside: it is one of those that exist, and nothing that leads elsewhere.
    private string PathOf(string name) => Names().Contains(name, StringComparer.Ordinal)
        ? Path.Combine(directory, name)
        : throw new IOException($"There is no backup {name} in {directory}. 'quartier backup list' names them.");

    private static BackupFile Describe(string root, string file)
    {
        using var stream = File.OpenRead(file);
        return new(
            Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    // A copy holds what the data directory does, keys included: it is for its owner alone.
    private static void Private(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private ValueTask<T> OffloadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return core.Options.Inline ? new ValueTask<T>(Guard(work)) : new ValueTask<T>(Task.Run(() => Guard(work), cancellationToken));
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The backup could not go on: {failure.Message}", failure);
        }
    }
}
