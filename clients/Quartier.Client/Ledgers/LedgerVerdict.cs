namespace Quartier.Client.Ledgers;

/// <summary>What the verification of an export found.</summary>
/// <param name="Fault">What is wrong, with the entry's index; null when everything holds.</param>
/// <param name="Entries">Entries that were read.</param>
/// <param name="Checkpoints">Checkpoints that hold.</param>
/// <param name="Origin">Whose ledger it says it is.</param>
/// <param name="KeyId">Eight digits that name the key by which it was verified.</param>
/// <param name="IsKeyTrusted">False when the key came from the export itself: then compare <paramref name="KeyId"/> with what the city publishes.</param>
/// <param name="AcceptedBreak">When the log follows one that did not hold: by whom that was accepted, when and why, as its first entry says; else null.</param>
/// <param name="EarlierCheckpoints">Checkpoints kept elsewhere that are of a log before such a break: they say nothing about this one.</param>
public sealed record LedgerVerdict(string? Fault, long Entries, long Checkpoints, string Origin, string KeyId, bool IsKeyTrusted, string? AcceptedBreak = null, int EarlierCheckpoints = 0)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Fault is null;
}
