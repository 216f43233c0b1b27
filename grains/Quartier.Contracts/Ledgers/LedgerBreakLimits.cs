namespace Quartier.Contracts.Ledgers;

/// <summary>Bounds of what is said about a break.</summary>
public static class LedgerBreakLimits
{
    /// <summary>A reason that says something.</summary>
    public const int LeastReasonCharacters = 10;

    /// <summary>An entry's detail holds the reason, the last good root and what was found: this much is left for the reason.</summary>
    public const int ReasonCharacters = 150;
}
