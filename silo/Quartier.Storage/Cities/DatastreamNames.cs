using Quartier.Storage.Disk;
using Quartier.Storage.Journals;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Cities;

/// <summary>
/// datastreams.log: numbers, names and retentions a second time, as journal records one after the other. Without names the partitions
/// would be worthless, so they survive the loss of city.db.
/// </summary>
internal sealed class DatastreamNames(IDisk disk, SetAsideList setAside)
{
    private const string FileName = "datastreams.log";

    private readonly HashSet<(int Number, int RetentionDays)> _written = [];
    private readonly RecordWriter _records = new();
    private long _length;

    /// <summary>Takes over what the file knows. A torn end is overwritten later; damage within sets the file aside.</summary>
    public void Load(DatastreamTable table)
    {
        if (!disk.List(string.Empty).Contains(FileName, StringComparer.Ordinal))
        {
            return;
        }

        var bytes = JournalScan.ReadAll(disk, FileName);
        var whole = new ScannedFrame(new FrameHeader(0, bytes.Length - JournalFormat.FrameHeaderBytes, 0), 0);
        var lost = bytes.Length < JournalFormat.FrameHeaderBytes ? 0 : JournalScan.Records(bytes, whole, (position, payload) =>
        {
            Restore(table, payload);
            _length = position + JournalFormat.RecordHeaderBytes + payload.Length;
        });

        if (_length > bytes.Length - lost)
        {
            // Intact records follow damaged ones: the file is written anew from what both sources know.
            disk.Move(FileName, $"{SetAsideList.Folder}/{FileName}");
            setAside.Add($"{SetAsideList.Folder}/{FileName}: {lost} bytes of it are damaged. The names are also in city.db; nothing needs to be done.");
            _written.Clear();
            _length = 0;
        }
    }

    /// <summary>Appends what the file does not have yet; durable on return.</summary>
    public void Save(IEnumerable<CatalogueRow> rows)
    {
        var added = new List<(int, int)>();
        _records.Clear();
        foreach (var row in rows)
        {
            foreach (var days in row.Retentions.Where(days => !_written.Contains((row.Number, days))))
            {
                _records.AddDatastream(row.Number, row.Key, days);
                added.Add((row.Number, days));
            }
        }

        if (added.Count == 0)
        {
            return;
        }

        using var file = _length == 0 ? disk.Create(FileName, JournalFormat.FrameHeaderBytes) : disk.Open(FileName);
        var offset = Math.Max(_length, JournalFormat.FrameHeaderBytes);
        var bytes = _records.Finish();
        file.Write(offset, bytes);
        file.Flush();
        _length = offset + bytes.Length;
        _written.UnionWith(added);
    }

    private void Restore(DatastreamTable table, ReadOnlySpan<byte> payload)
    {
        var (number, key, retention) = RecordReader.Datastream(payload);
        _written.Add((number, retention));
        table.Restore(number, key)?.SetRetention(retention);
    }
}
