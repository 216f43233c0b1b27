namespace Quartier.Gateway.Replay;

/// <summary>Counts what the import met, and keeps the first places for the report.</summary>
public sealed class TrapTally
{
    /// <summary>Enough to find the cause; the count says how many more there are.</summary>
    public const int LargestNumberOfExamples = 5;

    private readonly Dictionary<Trap, long> counts = [];
    private readonly Dictionary<Trap, List<string>> examples = [];

    /// <summary>How often the import met the trap.</summary>
    public long this[Trap trap] => counts.GetValueOrDefault(trap);

    /// <summary>The first places at which it met the trap: file:line and what was there.</summary>
    public IReadOnlyList<string> Examples(Trap trap) => examples.TryGetValue(trap, out var list) ? list : [];

    /// <summary>What is done with the trap, for people.</summary>
    public static string Treatment(Trap trap) => trap switch
    {
        Trap.EmptyCell => "no reading",
        Trap.ModifiedValue => "sent as published",
        Trap.UnknownStatus => "value sent, status reported",
        Trap.SumMismatch => "sent; the platform's rule judges it",
        Trap.CarChannel => "sent on its own, no part of the bicycles' sum",
        Trap.Closed => "state closed, no free spaces",
        Trap.NoData => "no reading",
        Trap.Full => "state full, no number invented",
        Trap.MoreFreeThanCapacity => "sent unchanged; the platform's rule judges it",
        Trap.UntrimmedName => "trimmed",
        Trap.CapacityChanged => "the registry's capacity stays",
        Trap.RepeatedRow => "dropped",
        Trap.ContradictingRow => "both sent; the platform marks them",
        Trap.UnorderedRow => "sorted before sending",
        Trap.CutRow => "refused",
        Trap.SkippedHour => "refused: this hour does not exist",
        Trap.RepeatedHour => "first run summer time, second run winter time",
        Trap.Unreadable => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(trap), trap, "A trap without a treatment."),
    };

    /// <summary>Counts one and keeps its place if it is among the first.</summary>
    public void Add(Trap trap, string? place = null)
    {
        counts[trap] = this[trap] + 1;
        if (place is null)
        {
            return;
        }

        if (!examples.TryGetValue(trap, out var list))
        {
            examples[trap] = list = [];
        }

        if (list.Count < LargestNumberOfExamples)
        {
            list.Add(place);
        }
    }
}
