namespace Quartier.Domain.Publication;

/// <summary>One time of a table: an hour, a day, a month; what each cell holds in it, and the whole city.</summary>
/// <param name="StartMs">Start, inclusive, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">End, exclusive.</param>
internal sealed record Slot(long StartMs, long EndMs)
{
    /// <summary>By cell; a cell without readings is not there.</summary>
    public Dictionary<string, CellSum> Cells { get; } = new(StringComparer.Ordinal);

    /// <summary>The whole city.</summary>
    public CellSum Total { get; } = new();

    /// <summary>Adds one unit's contribution.</summary>
    public void Add(string cell, double contribution)
    {
        if (!Cells.TryGetValue(cell, out var sum))
        {
            Cells[cell] = sum = new CellSum();
        }

        sum.Add(contribution);
        Total.Add(contribution);
    }
}
