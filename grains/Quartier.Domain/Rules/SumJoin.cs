using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Rules;

/// <summary>
/// Brings total and parts of the same event time together. Each stream comes in order of time, so complete rows come in order of time too,
/// whatever the order between the streams: no order across streams is needed for a determined result.
/// </summary>
internal sealed class SumJoin
{
    /// <summary>Most times that wait for a lagging stream; the oldest is then given up. Parts normally come in one message, so one waits.</summary>
    public const int MaxWaiting = 64;

    /// <summary>Most streams of one sum: bits of the row's mask.</summary>
    public const int MaxStreams = 64;

    private readonly List<SumRow> _rows = [];
    private readonly int _streams;
    private SumRow? _spare;

    public SumJoin(int streams) => _streams = streams;

    public static SumJoin Restore(ImmutableArray<ExplainedReading> pending, ImmutableArray<string> names)
    {
        var join = new SumJoin(names.Length);
        foreach (var (property, reading) in pending)
        {
            join.RowOf(reading.TimeMs).Set(names.IndexOf(property), reading);
        }

        return join;
    }

    public ImmutableArray<ExplainedReading> Save(ImmutableArray<string> names)
    {
        var pending = ImmutableArray.CreateBuilder<ExplainedReading>();
        foreach (var row in _rows)
        {
            for (var stream = 0; stream < _streams; stream++)
            {
                if (row.Has(stream))
                {
                    pending.Add(new ExplainedReading(names[stream], row.Readings[stream]));
                }
            }
        }

        return pending.ToImmutable();
    }

    /// <summary>Adds a reading; returns the row that it completes. The row is valid until the next call.</summary>
    public SumRow? Add(int stream, in Reading reading)
    {
        var row = RowOf(reading.TimeMs);
        if (!row.Has(stream))
        {
            row.Set(stream, reading);
        }

        if (row.IsComplete)
        {
            // Rows before it lack a stream that has passed them already: they can never be complete.
            _rows.RemoveRange(0, _rows.IndexOf(row) + 1);
            _spare = row;
            return row;
        }

        if (_rows.Count > MaxWaiting)
        {
            _rows.RemoveAt(0);
        }

        return null;
    }

    private SumRow RowOf(long timeMs)
    {
        var at = _rows.Count;
        while (at > 0 && _rows[at - 1].TimeMs > timeMs)
        {
            at--;
        }

        if (at > 0 && _rows[at - 1].TimeMs == timeMs)
        {
            return _rows[at - 1];
        }

        var row = _spare ?? new SumRow(_streams);
        _spare = null;
        row.Reset(timeMs);
        _rows.Insert(at, row);
        return row;
    }
}
