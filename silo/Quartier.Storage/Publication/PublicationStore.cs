using System.Collections.Immutable;
using Quartier.Contracts.Publication;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Publication;

/// <summary>Published tables in city.db.</summary>
internal sealed class PublicationStore(CityDatabase city) : IPublicationStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishedPart>> FindAsync(string cityId, string stream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<PublishedPart>>(city.Read(database =>
        {
            var parts = new List<PublishedPart>();
            using var rows = database
                .Prepare("SELECT start_ms, end_ms, body FROM publication WHERE city = ? AND stream = ? AND start_ms >= ? AND end_ms <= ? ORDER BY start_ms, end_ms")
                .Bind(1, cityId).Bind(2, stream).Bind(3, fromMs).Bind(4, toMs).Run();
            while (rows.Next())
            {
                parts.Add(new(cityId, stream, rows.Int64(0), rows.Int64(1), rows.Bytes(2).ToArray()));
            }

            return parts;
        }));
    }

    /// <inheritdoc/>
    public ValueTask KeepAsync(ImmutableArray<PublishedPart> parts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(city.WriteAsync(database =>
        {
            foreach (var part in parts)
            {
                database.Prepare("INSERT OR IGNORE INTO publication (city, stream, start_ms, end_ms, body) VALUES (?, ?, ?, ?, ?)")
                    .Bind(1, part.City).Bind(2, part.Stream).Bind(3, part.StartMs).Bind(4, part.EndMs).Bind(5, part.Body.Span)
                    .Execute();
            }

            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<(string City, string Stream)>> StreamsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<(string City, string Stream)>>(city.Read(Streams));
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetAsync(string cityId, string stream, long beforeMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(city.WriteAsync(database =>
        {
            var ended = (int)Count(database, cityId, stream, beforeMs).Ended;
            database.Prepare("DELETE FROM publication WHERE city = ? AND stream = ? AND end_ms < ?").Bind(1, cityId).Bind(2, stream).Bind(3, beforeMs).Execute();
            return ended;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<(long Kept, long Ended)> CountAsync(string cityId, string stream, long beforeMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<(long Kept, long Ended)>(city.Read(database => Count(database, cityId, stream, beforeMs)));
    }

    private static (long Kept, long Ended) Count(Database database, string cityId, string stream, long beforeMs)
    {
        using var rows = database.Prepare("SELECT count(*), count(CASE WHEN end_ms < ? THEN 1 END) FROM publication WHERE city = ? AND stream = ?")
            .Bind(1, beforeMs).Bind(2, cityId).Bind(3, stream).Run();
        return rows.Next() ? (rows.Int64(0), rows.Int64(1)) : (0, 0);
    }

    private static List<(string City, string Stream)> Streams(Database database)
    {
        var streams = new List<(string City, string Stream)>();
        using var rows = database.Prepare("SELECT DISTINCT city, stream FROM publication ORDER BY city, stream").Run();
        while (rows.Next())
        {
            streams.Add((rows.Text(0), rows.Text(1)));
        }

        return streams;
    }
}
