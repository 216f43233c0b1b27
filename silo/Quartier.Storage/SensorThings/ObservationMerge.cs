using System.Runtime.CompilerServices;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Rows of several cursors as one sequence.</summary>
internal static class ObservationMerge
{
    /// <summary>One cursor after the other.</summary>
    public static async IAsyncEnumerable<ObservationRow> OneByOneAsync(
        IReadOnlyList<ObservationCursor> cursors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var cursor in cursors)
        {
            while (await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>In the order of time, equal times in the order of ids.</summary>
    public static async IAsyncEnumerable<ObservationRow> ByTimeAsync(
        IReadOnlyList<ObservationCursor> cursors, bool isDescending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = new PriorityQueue<(ObservationCursor Cursor, ObservationRow Row), (long Time, long Id)>();
        foreach (var cursor in cursors)
        {
            await AdvanceAsync(heads, cursor, isDescending, cancellationToken).ConfigureAwait(false);
        }

        while (heads.TryDequeue(out var head, out _))
        {
            yield return head.Row;
            await AdvanceAsync(heads, head.Cursor, isDescending, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask AdvanceAsync(
        PriorityQueue<(ObservationCursor Cursor, ObservationRow Row), (long Time, long Id)> heads,
        ObservationCursor cursor,
        bool isDescending,
        CancellationToken cancellationToken)
    {
        if (await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } row)
        {
            heads.Enqueue((cursor, row), (isDescending ? -row.StartMs : row.StartMs, row.Id));
        }
    }
}
