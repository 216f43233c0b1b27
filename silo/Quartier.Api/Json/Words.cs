using System.Collections.Frozen;
using System.Text.Json;

namespace Quartier.Api.Json;

/// <summary>The kebab-case words for the members of an enumeration: <c>OutOfRange</c> is <c>out-of-range</c>.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>()
        .ToFrozenDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

    private static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static IEnumerable<string> All => ByValue.OrderBy(p => p.Key).Select(p => p.Value);

    public static string Of(T value) => ByValue[value];

    /// <summary>The value of a word that has been checked against <see cref="All"/>.</summary>
    public static T Parse(string word) => ByWord[word];
}
