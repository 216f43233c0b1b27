using System.Collections.Immutable;
using Quartier.Contracts.Ledgers;

namespace Quartier.Domain.Ledgers;

/// <summary>The words by which entries name their kind.</summary>
public static class LedgerWords
{
    private static readonly ImmutableArray<string> s_kinds =
        ["read", "denial", "policy", "registry", "sign-in", "key", "deletion", "export", "inspection", "alert", "break", "correction"];

    /// <summary>All words, in the order of <see cref="LedgerEntryKind"/>.</summary>
    public static ImmutableArray<string> Kinds => s_kinds;

    /// <summary>The word of a kind.</summary>
    public static string Of(LedgerEntryKind kind) => s_kinds[(int)kind];

    /// <summary>The kind of a word.</summary>
    public static bool TryParse(string? word, out LedgerEntryKind kind)
    {
        var index = word is null ? -1 : s_kinds.IndexOf(word);
        kind = (LedgerEntryKind)Math.Max(index, 0);
        return index >= 0;
    }
}
