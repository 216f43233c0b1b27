using Quartier.Contracts.Readings;

namespace Quartier.Grains.Sensors;

/// <summary>The stored readings of one datastream in [from, to) as they were received, page by page: what was judged once is judged the same again.</summary>
internal sealed class StoredTail(IReadingStore store, int number, long fromMs, long toMs = long.MaxValue)
{
    /// <summary>Readings a page: two sealed blocks.</summary>
    private const int PageSize = 1_024;

    private IReadOnlyList<Reading> _page = [];
    private int _next;
    private long _fromMs = fromMs;
    private bool _ended;

    /// <summary>For each datastream what was stored after what is kept of it, with the first page read.</summary>
    public static async Task<StoredTail[]> OfAsync(SensorTwin twin, IReadingStore store, CancellationToken cancellationToken)
    {
        var datastreams = twin.Plan.Definition.Datastreams;
        var tails = new StoredTail[datastreams.Length];
        for (var i = 0; i < tails.Length; i++)
        {
            var from = twin.WatermarkOf(i) is { } watermark ? DatastreamTwin.LookBackFromMs(datastreams[i], watermark) : 0;
            tails[i] = new(store, twin.NumberOf(i), from);
            await tails[i].FillAsync(cancellationToken);
        }

        return tails;
    }

    /// <summary>Index of the tail whose next reading is the earliest, or -1 when all have ended; ties go to the first.</summary>
    public static int Earliest(StoredTail[] tails)
    {
        var earliest = -1;
        for (var i = 0; i < tails.Length; i++)
        {
            if (tails[i].NextMs is { } next && (earliest < 0 || next < tails[earliest].NextMs))
            {
                earliest = i;
            }
        }

        return earliest;
    }

    /// <summary>Reads the next page when the present one is used up.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_ended || _next < _page.Count)
        {
            return;
        }

        _page = await store.ReceivedAsync(number, _fromMs, toMs, PageSize, cancellationToken);
        _next = 0;
        _ended = _page.Count == 0;
        _fromMs = _ended ? _fromMs : _page[^1].TimeMs + 1;
    }

    /// <summary>The next reading; there must be one.</summary>
    public Reading Take() => _page[_next++];

    /// <summary>Time of the next reading; null at the end.</summary>
    public long? NextMs => _next < _page.Count ? _page[_next].TimeMs : null;
}
