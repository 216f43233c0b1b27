namespace Quartier.Domain.Publication;

/// <summary>
/// Decides which cells of one block (a day's hours, a day, a month) are withheld, so that none with fewer units than the minimum can be told exactly from
/// all that is shown. A cell is shown in all slots of the block or in none: its sum over the block, which the coarser cell shows, then tells
/// nothing about one of them. Where the city's total is shown, at least two cells are withheld in a slot, or none, and together they have enough units.
/// Whether values of several slots and blocks tell more together than each alone is for <see cref="Disclosure"/>.
/// </summary>
internal sealed class Suppression
{
    private readonly Dictionary<string, Withholding> _withheld = new(StringComparer.Ordinal);
    private readonly IReadOnlyCollection<Slot> _slots;
    private readonly CellMeasure _measure;
    private readonly int _minimum;

    private Suppression(IReadOnlyCollection<Slot> slots, CellMeasure measure, int minimum) =>
        (_slots, _measure, _minimum) = (slots, measure, minimum);

    /// <summary>Why the city's total is not shown.</summary>
    public Withholding Total { get; private set; }

    /// <summary>Why a cell is not shown.</summary>
    public Withholding Of(string cell) => cell.Length == 0 ? Total : _withheld.GetValueOrDefault(cell);

    /// <summary>Decides for one block.</summary>
    /// <param name="slots">The block.</param>
    /// <param name="measure">Who the units are.</param>
    /// <param name="minimum">Fewest units.</param>
    /// <param name="before">What is decided already for a cell (empty: the total), for reasons outside the block.</param>
    /// <param name="mayYield">Whether a cell can be withheld to protect another: not when the cells that make it up are shown.</param>
    public static Suppression Decide(
        IReadOnlyCollection<Slot> slots, CellMeasure measure, int minimum, Func<string, Withholding> before, Func<string, bool> mayYield)
    {
        var block = new Suppression(slots, measure, minimum);
        block.WithholdSmall(before);
        block.ProtectThem(mayYield);
        var total = before(string.Empty);
        block.Total = total != Withholding.None ? total : block.JudgeTotal();
        return block;
    }

    /// <summary>Withholds the one of some cells with the fewest units, the city's total last.</summary>
    /// <param name="cells">The cells; not empty.</param>
    public void Yield(IReadOnlyCollection<string> cells)
    {
        var least = cells.MinBy(cell => (cell.Length == 0 ? long.MaxValue : UnitsOfBlock(cell), cell), Fewest)!;
        if (least.Length == 0)
        {
            Total = Withholding.Complement;
        }
        else
        {
            _withheld[least] = Withholding.Complement;
        }
    }

    private void WithholdSmall(Func<string, Withholding> before)
    {
        foreach (var cell in _slots.SelectMany(s => s.Cells.Keys).Distinct(StringComparer.Ordinal))
        {
            var reason = before(cell);
            if (reason == Withholding.None && _slots.Any(s => s.Cells.TryGetValue(cell, out var sum) && sum.Units(_measure) < _minimum))
            {
                reason = Withholding.TooFewUnits;
            }

            if (reason != Withholding.None)
            {
                _withheld[cell] = reason;
            }
        }
    }

    /// <summary>Withholds, for as long as a slot needs it, the cell with the fewest units of the block: the least is lost that way.</summary>
    private void ProtectThem(Func<string, bool> mayYield)
    {
        while (_slots.FirstOrDefault(slot => !IsSafe(slot) && Candidates(slot, mayYield).Any()) is { } slot)
        {
            _withheld[Candidates(slot, mayYield).MinBy(cell => (UnitsOfBlock(cell), cell), Fewest)!] = Withholding.Complement;
        }
    }

    private IEnumerable<string> Candidates(Slot slot, Func<string, bool> mayYield) =>
        slot.Cells.Keys.Where(cell => !_withheld.ContainsKey(cell) && mayYield(cell));

    private long UnitsOfBlock(string cell) => _slots.Sum(s => s.Cells.TryGetValue(cell, out var sum) ? sum.Units(_measure) : 0);

    private static readonly Comparer<(long Units, string Cell)> Fewest = Comparer<(long Units, string Cell)>.Create(
        static (a, b) => a.Units != b.Units ? a.Units.CompareTo(b.Units) : string.CompareOrdinal(a.Cell, b.Cell));

    /// <summary>Whether the slot's total, less what is shown, tells nothing about too few.</summary>
    private bool IsSafe(Slot slot)
    {
        var (cells, units) = (0, 0L);
        foreach (var (cell, sum) in slot.Cells)
        {
            if (_withheld.TryGetValue(cell, out var reason))
            {
                cells++;

                // Of one whose days are shown only an unknown rest hides the others.
                units += reason is Withholding.PartlyShown or Withholding.ChangedSince ? 0 : sum.Units(_measure);
            }
        }

        return cells == 0 || (cells > 1 && units >= _minimum);
    }

    private Withholding JudgeTotal()
    {
        if (_slots.Any(slot => slot.Total.Units(_measure) < _minimum))
        {
            return Withholding.TooFewUnits;
        }

        return _slots.All(IsSafe) ? Withholding.None : Withholding.Complement;
    }
}
