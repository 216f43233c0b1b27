using Quartier.Mqtt.Sessions;
using Quartier.Storage.Records;

namespace Quartier.Silo.Ingest;

/// <summary>Keeps what MQTT sessions hold in a record book: neither side knows the other.</summary>
internal sealed class StoredSessions(RecordBook book) : ISessionStore
{
    /// <summary>The book's name.</summary>
    public const string BookName = "mqtt";

    /// <inheritdoc/>
    public IReadOnlyList<StoredRecord> Read(long nowMs) => [.. book.Read(nowMs).Select(record => new StoredRecord(record.Key, record.Value))];

    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<StoredChange> changes)
    {
        var records = new RecordChange[changes.Count];
        for (var i = 0; i < records.Length; i++)
        {
            var change = changes[i];
            records[i] = new RecordChange(KindOf(change.Kind), change.Key, change.Value, change.EndsMs);
        }

        return book.WriteAsync(records);
    }

    private static RecordChangeKind KindOf(StoredChangeKind kind) => kind switch
    {
        StoredChangeKind.Keep => RecordChangeKind.Keep,
        StoredChangeKind.Remove => RecordChangeKind.Remove,
        _ => RecordChangeKind.RemoveAll,
    };
}
