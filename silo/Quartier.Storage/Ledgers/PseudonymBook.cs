using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Ledgers;

/// <summary>Tells the data-protection officer who a pseudonym stands for, and records that first.</summary>
internal sealed class PseudonymBook(Pseudonyms pseudonyms, ILedger ledger, TimeProvider time) : IPseudonyms
{
    /// <inheritdoc/>
    public async ValueTask<string?> ResolveAsync(string city, string pseudonym, string by)
    {
        var entry = new LedgerEntry(
            time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Inspection, by, null, null, [], null, 0, 1, null, null, $"resolved {pseudonym}");
        await ledger.AppendAsync(city, entry, CancellationToken.None).ConfigureAwait(false);
        return pseudonyms.Find(pseudonym);
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string person)
    {
        try
        {
            pseudonyms.Forget(person);
            return ValueTask.CompletedTask;
        }
        catch (IOException failure)
        {
            throw new StoreException($"The key of {person} cannot be deleted: {failure.Message} Free space on the disk and try again.", failure);
        }
    }
}
