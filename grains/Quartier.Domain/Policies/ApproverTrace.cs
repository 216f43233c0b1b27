using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;

namespace Quartier.Domain.Policies;

/// <summary>
/// Follows who could act as whom: whoever makes an account, a key or a sign-in link can use it, and what that account makes too. It tells whether a proposer
/// could be the approver, not that they are.
/// </summary>
public static class ApproverTrace
{
    private const string PersonPrefix = "person:";

    /// <summary>Judges an approver.</summary>
    /// <param name="approver">Reference of the approver.</param>
    /// <param name="proposer">Reference of the proposer.</param>
    /// <param name="changes">The changes that count.</param>
    public static ApproverIndependence Judge(string approver, string proposer, IEnumerable<AccountChange> changes)
    {
        // The local key acts as the administrator, and any administrator may have its file.
        HashSet<string> makers = [Key(proposer), PersonPrefix + Person.Administrator];
        var made = new HashSet<string>(StringComparer.Ordinal);
        var others = changes.Where(c => !string.Equals(Key(c.By), PersonPrefix + c.Person, StringComparison.Ordinal)).ToList();
        int before;
        do
        {
            before = made.Count;
            made.UnionWith(others.Where(c => makers.Contains(Key(c.By)) || made.Contains(Key(c.By))).Select(c => PersonPrefix + c.Person));
        }
        while (made.Count > before);

        return made.Contains(Key(approver)) ? ApproverIndependence.Doubtful : ApproverIndependence.Independent;
    }

    private static string Key(string reference) => reference.ToLowerInvariant();
}
