namespace Quartier.Contracts.Registers;

/// <summary>What the data-protection officer approved of a city's records, durable. Key: the city's id.</summary>
[Alias("quartier.IRecordsGrain")]
public interface IRecordsGrain : IGrainWithStringKey
{
    /// <summary>The record that was approved last; null when none was.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<ApprovedRecord?> Find(RecordKind kind);

    /// <summary>Keeps a record as approved; the ledger has it before it counts. The same text again by the same person changes nothing.</summary>
    /// <param name="kind">Which record.</param>
    /// <param name="json">The record of this moment.</param>
    /// <param name="by">Reference of who approves it.</param>
    /// <exception cref="ArgumentException">The text is longer than <see cref="RecordLimits.MaxCharacters"/>.</exception>
    /// <exception cref="Readings.StoreException">Store or ledger refuse at present; what was approved before still counts.</exception>
    [Alias("Approve")]
    Task<ApprovedRecord> Approve(RecordKind kind, string json, string by);
}
