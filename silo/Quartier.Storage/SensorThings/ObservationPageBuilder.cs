using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>A page of Observations in the making.</summary>
internal sealed class ObservationPageBuilder(ImmutableArray<ObservationSight> sights, QueryOptions options)
{
    private readonly ImmutableArray<ObservationRow>.Builder _rows = ImmutableArray.CreateBuilder<ObservationRow>();
    private long _toSkip = options.Skip;
    private int _most = Math.Min(options.Top ?? QueryLimits.DefaultTop, QueryLimits.MostTop);
    private PagePosition? _last;
    private bool _hasMore;

    /// <summary>Most rows of the page, before the rows' own limits.</summary>
    public int Top => _most;

    /// <summary>Adds the next row; false when the page is full and this one begins the next.</summary>
    public bool TryAdd(ObservationRow row, ImmutableArray<EntityValue> position)
    {
        if (_toSkip > 0)
        {
            _toSkip--;
            return true;
        }

        var most = Math.Min(_most, sights[row.Source].RowLimit);
        if (_rows.Count >= most)
        {
            _hasMore = true;
            return false;
        }

        _most = most;
        _rows.Add(row);
        _last = new PagePosition(position, row.Id);
        return true;
    }

    /// <summary>The page.</summary>
    public ObservationPage Finish(long? count, long examined) => new(_rows.ToImmutable(), sights, count, _hasMore ? _last : null, examined);
}
