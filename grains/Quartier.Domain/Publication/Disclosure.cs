using System.Diagnostics;

namespace Quartier.Domain.Publication;

/// <summary>
/// Tells which cells of a block must be withheld as well, so that no withheld value follows from what the block shows together with what is shown already.
/// Values that follow although the whole block is withheld are not the block's to protect.
/// </summary>
internal sealed class Disclosure
{
    private readonly SumNetwork _network = new();
    private readonly List<int> _withheldBefore = [];
    private readonly Dictionary<string, List<int>> _block = new(StringComparer.Ordinal);

    /// <summary>Adds the hour of a cell that was decided before; nothing if it is shown.</summary>
    public void AddHour(string cell, long dayMs, long hourMs, Withholding decided) => AddDecided(decided, () => _network.AddHour(cell, dayMs, hourMs));

    /// <summary>Adds the day of a cell that was decided before; nothing if it is shown.</summary>
    public void AddDay(string cell, long dayMs, Withholding decided) => AddDecided(decided, () => _network.AddDay(cell, dayMs));

    /// <summary>Adds the month of a cell that is not shown yet, or never.</summary>
    public void AddMonth(string cell) => _withheldBefore.Add(_network.AddMonth(cell));

    /// <summary>Adds the hour of a cell of the block.</summary>
    public void AddHourOfBlock(string cell, long dayMs, long hourMs) => OfBlock(cell).Add(_network.AddHour(cell, dayMs, hourMs));

    /// <summary>Adds the month of a cell of the block.</summary>
    public void AddMonthOfBlock(string cell) => OfBlock(cell).Add(_network.AddMonth(cell));

    /// <summary>Withholds cells of the block until no withheld value follows.</summary>
    /// <param name="decided">The block's decisions so far.</param>
    public void Protect(Suppression decided)
    {
        List<int> everything = [.. _withheldBefore, .. _block.Values.SelectMany(v => v)];
        HashSet<int>? lost = null;
        while (true)
        {
            List<int> hidden = [.. _withheldBefore, .. _block.Where(c => decided.Of(c.Key) != Withholding.None).SelectMany(c => c.Value)];
            var following = _network.Following(hidden).Where(v => !(lost ??= [.. _network.Following(everything)]).Contains(v)).ToList();
            if (following.Count == 0)
            {
                return;
            }

            decided.Yield(Hiding(following[0], hidden, decided));
        }
    }

    /// <summary>The cells of which each alone hides the value; if there is none, those that hide it together with others.</summary>
    private List<string> Hiding(int value, List<int> hidden, Suppression decided)
    {
        var sides = _network.Sides(value, hidden);
        var shown = _block.Where(c => decided.Of(c.Key) == Withholding.None)
            .Select(c => (Cell: c.Key, First: c.Value.Exists(v => sides(v).First), Second: c.Value.Exists(v => sides(v).Second)))
            .ToList();
        List<string> alone = [.. shown.Where(c => c.First && c.Second).Select(c => c.Cell)];
        List<string> together = alone.Count > 0 ? alone : [.. shown.Where(c => c.First || c.Second).Select(c => c.Cell)];
        return together.Count > 0 ? together : throw new UnreachableException("A value follows although nothing of its block is shown.");
    }

    private void AddDecided(Withholding decided, Func<int> add)
    {
        if (decided != Withholding.None)
        {
            _withheldBefore.Add(add());
        }
    }

    private List<int> OfBlock(string cell)
    {
        if (!_block.TryGetValue(cell, out var values))
        {
            _block[cell] = values = [];
        }

        return values;
    }
}
