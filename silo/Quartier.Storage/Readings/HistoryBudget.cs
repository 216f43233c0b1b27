namespace Quartier.Storage.Readings;

/// <summary>Bounds the memory of history windows: the oldest go first.</summary>
internal sealed class HistoryBudget(long mostBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<(Datastream Datastream, HistoryWindow Window)> _kept = new();
    private long _bytes;

    /// <summary>Counts a window that its datastream keeps, and makes others forget theirs when there are too many.</summary>
    public void Add(Datastream datastream, HistoryWindow window)
    {
        var excess = new List<(Datastream Datastream, HistoryWindow Window)>();
        lock (_gate)
        {
            _kept.Enqueue((datastream, window));
            _bytes += window.CostBytes;
            while (_bytes > mostBytes && _kept.Count > 1)
            {
                var oldest = _kept.Dequeue();
                _bytes -= oldest.Window.CostBytes;
                excess.Add(oldest);
            }
        }

        foreach (var (stream, dropped) in excess)
        {
            lock (stream.Gate)
            {
                stream.Drop(dropped);
            }
        }
    }
}
