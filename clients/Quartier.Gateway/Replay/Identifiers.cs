using System.Text;

namespace Quartier.Gateway.Replay;

/// <summary>How names in the city's files become ids: see docs/sample-city.md.</summary>
public static class Identifiers
{
    /// <summary>Lower case, umlauts spelled out, any other run of characters one hyphen: <c>PP Hörsterplatz</c> → <c>pp-hoersterplatz</c>.</summary>
    /// <exception cref="ArgumentException">The name has neither letters nor digits.</exception>
    public static string FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var id = new StringBuilder(name.Length + 8);
        foreach (var letter in name.ToLowerInvariant())
        {
            var spelled = Spell(letter);
            if (spelled.Length > 0)
            {
                id.Append(spelled);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        var text = id.ToString().TrimEnd('-');
        return text.Length > 0 ? text : throw new ArgumentException($"The name '{name}' has neither letters nor digits.", nameof(name));
    }

    private static string Spell(char letter) => letter switch
    {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => letter.ToString(),
        _ => string.Empty,
    };
}
