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
/// <param name="firstPiece">Rows, or windows, of the first piece; each piece is twice the one before.</param>
internal sealed class ObservationCursor(
    IReadingStore readings, ObservationSight sight, int source, bool isDescending, ObservationBudget budget, int firstPiece = ObservationCursor.FirstPiece)
{
    /// <summary>A page's default size.</summary>
    public const int FirstPiece = 128;

    private const int LargestPiece = 8_192;

    /// <summary>Largest piece where Observations hold more than numbers: 5 MB when each holds as much as it may.</summary>
    private const int LargestAnnotatedPiece = 512;

    /// <summary>Windows of a piece where nothing was found before: two years of minutes.</summary>
    private const int LargestGap = 1 << 20;

    private readonly Queue<ObservationRow> _rows = new();
    private long _fromMs;
    private long _toMs;
    private int _piece = firstPiece;
    private int _windows = firstPiece;
    private bool _isBounded;
    private bool _isAnnotated;
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
            _piece = Math.Min(_piece * 2, _isAnnotated ? LargestAnnotatedPiece : LargestPiece);
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

        if (!budget.TrySpend(found.Count) || (sight.Window != Resolution.Raw && !budget.TryFill(found.Count)))
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
        _isAnnotated = readings.IsAnnotated(numbers[0]);
        var annotations = _isAnnotated
            ? await ObservationAnnotations.ReadAsync(readings, numbers[0], (first, last), cancellationToken).ConfigureAwait(false)
            : null;
        var rows = new List<ObservationRow>(found.Count);
        foreach (var reading in found)
        {
            if (ObservationId.Of(numbers[0], reading.TimeMs) is { } id)
            {
                var quality = sight.WithoutQuality ? Quality.Good : reading.Quality;
                var row = new ObservationRow(id, source, reading.TimeMs, reading.TimeMs, reading.Value, quality, others.At(reading.TimeMs));
                rows.Add(annotations?.Join(row, sight.WithoutQuality) ?? row);
            }
        }

        return rows;
    }

    private async ValueTask<List<ObservationRow>> WindowsAsync(CancellationToken cancellationToken)
    {
        if (!_isBounded)
        {
            // No window begins after the last reading; without readings roll-ups may remain, within the calendar.
            var latest = await readings.LatestAsync(sight.Source.Numbers[0], cancellationToken).ConfigureAwait(false);
            _toMs = Math.Min(_toMs, latest is { } last ? last.TimeMs + 1 : ObservationWindows.LatestMs);
            _isBounded = true;
        }

        var span = ObservationWindows.NominalMs(sight.Window) * _windows;
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
        _windows = rows.Count == 0 ? Math.Min(_windows * 8, LargestGap) : Math.Min(_windows * 2, LargestPiece);
        return rows;
    }
}
