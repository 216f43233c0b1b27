using System.Globalization;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Registers;
using Quartier.Domain.Registers;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Registers;

/// <summary>Keeps what the data-protection officer approved.</summary>
public sealed class RecordsGrain(
    [PersistentState("records", CityGrain.StateStore)] IPersistentState<RecordsState> records, ILedger ledger, TimeProvider time) : Grain, IRecordsGrain
{
    /// <inheritdoc/>
    public Task<ApprovedRecord?> Find(RecordKind kind) => Task.FromResult(Kept(records.State, kind));

    /// <inheritdoc/>
    public async Task<ApprovedRecord> Approve(RecordKind kind, string json, string by)
    {
        if (json.Length > RecordLimits.MaxCharacters)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The record has {json.Length} characters, and at most {RecordLimits.MaxCharacters} are kept. Split the policies."), nameof(json));
        }

        var before = records.State;
        var (last, digest) = (Kept(before, kind), RecordText.Digest(json));
        if (last is not null && string.Equals(last.Digest, digest, StringComparison.Ordinal) && string.Equals(last.By, by, StringComparison.Ordinal))
        {
            return last;
        }

        var approved = new ApprovedRecord((last?.Number ?? 0) + 1, json, digest, by, time.GetUtcNow().ToUnixTimeMilliseconds());
        await ledger.AppendAsync(this.GetPrimaryKeyString(), Entry(kind, approved), CancellationToken.None);
        records.State = kind == RecordKind.Processing
            ? new() { Processing = approved, ImpactAssessment = before.ImpactAssessment }
            : new() { Processing = before.Processing, ImpactAssessment = approved };
        try
        {
            await records.WriteStateAsync();
        }
        catch
        {
            // What is not durable was not approved; the entry in the ledger then tells of the attempt.
            records.State = before;
            throw;
        }

        return approved;
    }

    private static ApprovedRecord? Kept(RecordsState state, RecordKind kind) => kind == RecordKind.Processing ? state.Processing : state.ImpactAssessment;

    private static LedgerEntry Entry(RecordKind kind, ApprovedRecord approved) => new(
        approved.AtMs,
        LedgerEntryKind.Policy,
        approved.By,
        null,
        null,
        [],
        null,
        0,
        1,
        null,
        null,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(kind == RecordKind.Processing ? "record of processing activities" : "impact assessment")} {approved.Number} approved; sha256 {approved.Digest}"));
}
