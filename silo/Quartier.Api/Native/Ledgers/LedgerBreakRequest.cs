using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;

namespace Quartier.Api.Native.Ledgers;

/// <summary>Accepts that a ledger does not hold.</summary>
/// <param name="Because">Why: it stands in the first entry of the log that follows.</param>
internal sealed record LedgerBreakRequest(string? Because)
{
    public const string Example = "{\"because\": \"Disk replaced after a fault on 3 March; the backup is older\"}";

    /// <summary>The reason without space around it, or what is wrong with it.</summary>
    public Outcome<string> Read() => Because?.Trim() is { Length: >= LedgerBreakLimits.LeastReasonCharacters and <= LedgerBreakLimits.ReasonCharacters } because
        && !because.Any(char.IsControl)
        ? because
        : Problems.BadBody(
            $"'because' says in {LedgerBreakLimits.LeastReasonCharacters} to {LedgerBreakLimits.ReasonCharacters} characters of one line why the break is accepted: {Example}");
}
