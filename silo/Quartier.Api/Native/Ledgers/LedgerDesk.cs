using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Ledgers;

/// <summary>Where the ledger is looked into: by the public what names nobody, by the data-protection officer all of it, and every look is recorded.</summary>
internal sealed class LedgerDesk(ILedgerReader reader, ILedger ledger, IPseudonyms pseudonyms, TimeProvider time)
{
    /// <summary>Seconds after which a refused look may be tried again.</summary>
    private const int RetryAfterSeconds = 5;

    /// <summary>The ledgers.</summary>
    public ILedgerReader Reader => reader;

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>The problem of a caller who is not the data-protection officer; null for that officer.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="city">Of which city; the installation's own ledger is of none, and so of nobody who counts in one city alone.</param>
    public static ApiProblem? RefuseOthers(Caller caller, string city) => Rights.Allows(caller.Principal, Right.SeeLedger, city)
        ? null
        : Problems.Forbidden(
            $"The entries of the ledger are for the data-protection officer of {city}. Everybody may see the summary, the checkpoint and proofs: ledger/summary, ledger/checkpoint, ledger/proof.");

    /// <summary>Records that pages were read: those of a second together. The problem when it cannot be recorded: then nothing is shown.</summary>
    public ApiProblem? Note(string city, Caller caller, string what, int rows) =>
        ledger.TryNote(city, Inspection(caller, what, rows)) ? null : Unrecorded("the ledger does not take entries at present; /health says why.");

    /// <summary>A page as it is answered.</summary>
    public LedgerPageItem Show(string city, LedgerPage page) => new([.. page.Entries.Select(LedgerEntryItem.Of)], page.Next, reader.Head(city).Size);

    /// <summary>Records that something was taken out; durable before anything is shown.</summary>
    public async Task<ApiProblem?> AppendAsync(string city, Caller caller, string what)
    {
        try
        {
            await ledger.AppendAsync(city, Inspection(caller, what, rows: 0), CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (StoreException refused)
        {
            return Unrecorded(refused.Message);
        }
    }

    /// <summary>Who a pseudonym stands for, recorded first.</summary>
    public async Task<Outcome<ResolveAnswer>> ResolveAsync(string city, Caller caller, string pseudonym)
    {
        try
        {
            return new ResolveAnswer(pseudonym, await pseudonyms.ResolveAsync(city, pseudonym, caller.Principal.Reference).ConfigureAwait(false));
        }
        catch (StoreException refused)
        {
            return Unrecorded(refused.Message);
        }
    }

    /// <summary>Accepts a break.</summary>
    public async Task<Outcome<LedgerBreakItem>> AcceptBreakAsync(string city, Caller caller, string because)
    {
        try
        {
            return await reader.AcceptBreakAsync(city, caller.Principal.Reference, because).ConfigureAwait(false) is { } accepted
                ? new LedgerBreakItem(accepted.GoodSize, accepted.GoodRoot, accepted.Found, accepted.Aside)
                : Problems.Conflict($"The ledger of {city} holds: there is no break to accept.");
        }
        catch (StoreException refused)
        {
            return Problems.Unavailable(refused.Message, RetryAfterSeconds);
        }
    }

    /// <summary>Asks the ledger; the problem when it cannot be read.</summary>
    public static async Task<Outcome<T>> AskAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (StoreException refused)
        {
            return Problems.Unavailable(refused.Message, RetryAfterSeconds);
        }
    }

    private static ApiProblem Unrecorded(string why) =>
        Problems.Unavailable($"Looks into the ledger are recorded, and this one cannot be: {why}", RetryAfterSeconds);

    private LedgerEntry Inspection(Caller caller, string what, int rows) => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Inspection, caller.Principal.Reference, null, null, [], null, rows, 1, null, null, what);
}
