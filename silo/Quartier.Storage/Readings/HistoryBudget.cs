namespace Quartier.Storage.Readings;

/// <summary>Bounds the memory of history windows: the oldest go first.</summary>
internal sealed class HistoryBudget(int mostReadings)
{
    /// <summary>An empty window also takes memory.</summary>
    private const int WindowCost = 16;

    private readonly Lock _gate = new();
    private readonly Queue<(Datastream Datastream, HistoryWindow Window)> _kept = new();
    private long _readings;

    /// <summary>Counts a window that its datastream keeps, and makes others forget theirs when there are too many.</summary>
    public void Add(Datastream datastream, HistoryWindow window)
    {
        var excess = new List<(Datastream Datastream, HistoryWindow Window)>();
        lock (_gate)
        {
            _kept.Enqueue((datastream, window));
            _readings += Cost(window);
            while (_readings > mostReadings && _kept.Count > 1)
            {
                var oldest = _kept.Dequeue();
                _readings -= Cost(oldest.Window);
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

    private static long Cost(HistoryWindow window) => window.Readings.Length + WindowCost;
}
