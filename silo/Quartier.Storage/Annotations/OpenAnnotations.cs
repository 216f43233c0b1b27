namespace Quartier.Storage.Annotations;

/// <summary>Annotations, or corrections, of an open block's readings, in order of time. Guarded by its datastream's lock; their bytes are in the journal too, whose limit bounds them.</summary>
internal sealed class OpenAnnotations
{
    private readonly List<AnnotationRow> _rows = [];
    private AnnotationRow[] _sealing = [];

    /// <summary>Those being sealed.</summary>
    public ReadOnlySpan<AnnotationRow> Sealing => _sealing;

    /// <summary>Those not being sealed.</summary>
    public ReadOnlySpan<AnnotationRow> Active => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);

    /// <summary>Adds one, merged with what is there. True when that changes something.</summary>
    public bool Put(in AnnotationRow row)
    {
        var at = LowerBound(row.TimeMs);
        if (at == _rows.Count || _rows[at].TimeMs != row.TimeMs)
        {
            _rows.Insert(at, row);
            return true;
        }

        var before = _rows[at];
        _rows[at] = AnnotationCodec.Merge(before, row);
        return !_rows[at].Same(before);
    }

    /// <summary>Whether one is there already that this one would change nothing of.</summary>
    public bool Holds(in AnnotationRow row)
    {
        var at = LowerBound(row.TimeMs);
        return at < _rows.Count && _rows[at].TimeMs == row.TimeMs && AnnotationCodec.Merge(_rows[at], row).Same(_rows[at]);
    }

    /// <summary>The one of the time not being sealed, or null.</summary>
    public AnnotationRow? At(long timeMs)
    {
        var at = LowerBound(timeMs);
        return at < _rows.Count && _rows[at].TimeMs == timeMs ? _rows[at] : null;
    }

    /// <summary>Hands them to a batch.</summary>
    public AnnotationRow[] BeginSealing()
    {
        _sealing = [.. _rows];
        _rows.Clear();
        return _sealing;
    }

    /// <summary>The batch is on the disk.</summary>
    public void EndSealing() => _sealing = [];

    /// <summary>The batch has failed: they are open again.</summary>
    public void ReturnSealing()
    {
        var merged = AnnotationCodec.Merge(_sealing, Active);
        _sealing = [];
        _rows.Clear();
        _rows.AddRange(merged);
    }

    /// <summary>Those in [fromMs, toMs).</summary>
    public AnnotationRow[] Within(long fromMs, long toMs) =>
        [.. AnnotationCodec.Merge(_sealing, Active).Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs)];

    private int LowerBound(long timeMs)
    {
        var (low, high) = (0, _rows.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _rows[middle].TimeMs < timeMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
