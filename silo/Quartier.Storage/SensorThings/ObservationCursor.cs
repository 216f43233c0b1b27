using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Walks through what may be seen of one Datastream in order of time, forwards or backwards, a piece at a time.</summary>
/// <param name="readings">Where readings rest.</param>
/// <param name="sight">What may be seen.</param>
/// <param name="source">Its place among the sources.</param>
/// <param name="isDescending">Backwards.</param>
/// <param name="budget">What it may cost.</param>
internal sealed class ObservationCursor(IReadingStore readings, ObservationSight sight, int source, bool isDescending, ObservationBudget budget)
{
    /// <summary>Rows of the first piece: a page's default size; each piece is twice the one before.</summary>
    private const int FirstPiece = 128;

    private const int LargestPiece = 8_192;

    private readonly Queue<ObservationRow> _rows = new();
    private long _fromMs;
    private long _toMs;
    private int _piece = FirstPiece;
    private bool _isOver;

    /// <summary>Sets where to walk: rows that begin in [fromMs, toMs).</summary>
    public void Within(long fromMs, long toMs)
    {
        // Readings before 1970 have no id.
        _fromMs = Math.Max(Math.Max(fromMs, sight.FromMs), 0);
        _toMs = Math.Min(toMs, sight.ToMs);
        _isOver = sight.Withheld is not null || _fromMs >= _toMs;
    }

    /// <summary>The next row; null when there is none, or the budget is spent.</summary>
    public async ValueTask<ObservationRow?> NextAsync(CancellationToken cancellationToken)
    {
        while (_rows.Count == 0 && !_isOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await LoadAsync(cancellationToken).ConfigureAwait(false);
            _piece = Math.Min(_piece * 2, LargestPiece);
        }

        return _rows.TryDequeue(out var row) ? row : null;
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var found = sight.Window == Resolution.Raw
            ? await RawAsync(cancellationToken).ConfigureAwait(false)
            : await WindowsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in found)
        {
            _rows.Enqueue(row);
        }

        if (!budget.TrySpend(found.Count))
        {
            _isOver = true;
            _rows.Clear();
        }
    }

    private async ValueTask<List<ObservationRow>> RawAsync(CancellationToken cancellationToken)
    {
        var numbers = sight.Source.Numbers;
        var found = isDescending
            ? await readings.RangeBackAsync(numbers[0], _fromMs, _toMs, _piece, cancellationToken).ConfigureAwait(false)
            : await readings.RangeAsync(numbers[0], _fromMs, _toMs, _piece, cancellationToken).ConfigureAwait(false);
        _isOver = found.Count < _piece;
        if (found.Count == 0)
        {
            return [];
        }

        var (first, last) = isDescending ? (found[^1].TimeMs, found[0].TimeMs) : (found[0].TimeMs, found[^1].TimeMs);
        (_fromMs, _toMs) = isDescending ? (_fromMs, first) : (last + 1, _toMs);
        var others = await ObservationComponents.ReadAsync(readings, numbers, first, last, cancellationToken).ConfigureAwait(false);
        var rows = new List<ObservationRow>(found.Count);
        foreach (var reading in found)
        {
            if (ObservationId.Of(numbers[0], reading.TimeMs) is { } id)
            {
                var quality = sight.WithoutQuality ? Quality.Good : reading.Quality;
                rows.Add(new ObservationRow(id, source, reading.TimeMs, reading.TimeMs, reading.Value, quality, others.At(reading.TimeMs)));
            }
        }

        return rows;
    }

    private async ValueTask<List<ObservationRow>> WindowsAsync(CancellationToken cancellationToken)
    {
        var span = ObservationWindows.NominalMs(sight.Window) * _piece;
        var (fromMs, toMs) = isDescending
            ? (Math.Max(_fromMs, _toMs - span), _toMs)
            : (_fromMs, _toMs - _fromMs > span ? _fromMs + span : _toMs);
        var rows = await ObservationWindows.ReadAsync(readings, sight, source, (fromMs, toMs), cancellationToken).ConfigureAwait(false);
        if (isDescending)
        {
            rows.Reverse();
            _toMs = fromMs;
        }
        else
        {
            _fromMs = toMs;
        }

        _isOver = _fromMs >= _toMs;
        _piece = rows.Count == 0 ? Math.Min(_piece * 8, 1 << 20) : _piece;
        return rows;
    }
}
