namespace Quartier.Gateway.Replay;

/// <summary>One row of a CSV file.</summary>
/// <param name="Place">file:line.</param>
/// <param name="Cells">Its cells, unquoted.</param>
/// <param name="EndsLine">False for a last row without a line end, which the source always writes, and for an open quote: the row may be cut.</param>
internal sealed record CsvRow(string Place, string[] Cells, bool EndsLine)
{
    /// <summary>True when the row has its line end and at least as many cells as it must.</summary>
    public bool IsWhole(int cells) => EndsLine && Cells.Length >= cells;
}
