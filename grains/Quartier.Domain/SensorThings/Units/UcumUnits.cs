using System.Collections.Frozen;
using System.Text;

namespace Quartier.Domain.SensorThings.Units;

/// <summary>Names and symbols of UCUM codes (The Unified Code for Units of Measure, version 2.1). A code that is not understood stands for itself.</summary>
public static class UcumUnits
{
    /// <summary>UCUM has no address for a single code; this is its own page with the code as the fragment.</summary>
    private const string DefinitionBase = "http://unitsofmeasure.org/ucum#";

    private static readonly FrozenDictionary<string, (string Name, string Symbol)> Whole = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["1"] = ("one", "1"),
        ["%"] = ("percent", "%"),
        ["[ppm]"] = ("parts per million", "ppm"),
        ["[ppb]"] = ("parts per billion", "ppb"),
        ["[pH]"] = ("pH", "pH"),
        ["dB"] = ("decibel", "dB"),
        ["dB[SPL]"] = ("decibel of sound pressure", "dB"),
        ["dB(A)"] = ("decibel, A-weighted", "dB(A)"),
        ["dB[W]"] = ("decibel watt", "dBW"),
        ["dB[mW]"] = ("decibel milliwatt", "dBm"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Name, string Symbol)> Atoms = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["m"] = ("metre", "m"),
        ["s"] = ("second", "s"),
        ["g"] = ("gram", "g"),
        ["rad"] = ("radian", "rad"),
        ["K"] = ("kelvin", "K"),
        ["C"] = ("coulomb", "C"),
        ["cd"] = ("candela", "cd"),
        ["mol"] = ("mole", "mol"),
        ["Hz"] = ("hertz", "Hz"),
        ["N"] = ("newton", "N"),
        ["Pa"] = ("pascal", "Pa"),
        ["J"] = ("joule", "J"),
        ["W"] = ("watt", "W"),
        ["A"] = ("ampere", "A"),
        ["V"] = ("volt", "V"),
        ["F"] = ("farad", "F"),
        ["Ohm"] = ("ohm", "Ω"),
        ["S"] = ("siemens", "S"),
        ["Wb"] = ("weber", "Wb"),
        ["Cel"] = ("degree Celsius", "°C"),
        ["[degF]"] = ("degree Fahrenheit", "°F"),
        ["T"] = ("tesla", "T"),
        ["H"] = ("henry", "H"),
        ["lm"] = ("lumen", "lm"),
        ["lx"] = ("lux", "lx"),
        ["Bq"] = ("becquerel", "Bq"),
        ["Gy"] = ("gray", "Gy"),
        ["Sv"] = ("sievert", "Sv"),
        ["deg"] = ("degree", "°"),
        ["L"] = ("litre", "L"),
        ["l"] = ("litre", "l"),
        ["ar"] = ("are", "a"),
        ["min"] = ("minute", "min"),
        ["h"] = ("hour", "h"),
        ["d"] = ("day", "d"),
        ["wk"] = ("week", "wk"),
        ["mo"] = ("month", "mo"),
        ["a"] = ("year", "a"),
        ["t"] = ("tonne", "t"),
        ["bar"] = ("bar", "bar"),
        ["eV"] = ("electronvolt", "eV"),
        ["bit"] = ("bit", "bit"),
        ["By"] = ("byte", "B"),
        ["%"] = ("percent", "%"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Code, string Name, string Symbol)[] Prefixes =
    [
        ("da", "deca", "da"), ("Y", "yotta", "Y"), ("Z", "zetta", "Z"), ("E", "exa", "E"), ("P", "peta", "P"), ("T", "tera", "T"), ("G", "giga", "G"),
        ("M", "mega", "M"), ("k", "kilo", "k"), ("h", "hecto", "h"), ("d", "deci", "d"), ("c", "centi", "c"), ("m", "milli", "m"), ("u", "micro", "µ"),
        ("n", "nano", "n"), ("p", "pico", "p"), ("f", "femto", "f"), ("a", "atto", "a"),
    ];

    private static readonly string[] Superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

    /// <summary>Words for a code.</summary>
    /// <param name="code">A UCUM code, case sensitive; annotations such as <c>{bicycle}</c> are counted things.</param>
    public static UnitWords Describe(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var (name, symbol) = Whole.TryGetValue(code, out var known) || TryTerm(code, out known) ? known : (code, code);
        return new(name, symbol, DefinitionBase + Uri.EscapeDataString(code));
    }

    /// <summary>Products and quotients of components; parentheses are left to the fallback.</summary>
    private static bool TryTerm(string code, out (string Name, string Symbol) words)
    {
        words = default;
        var (name, symbol) = (new StringBuilder(), new StringBuilder());
        var (at, joint) = (0, '\0');
        if (code.StartsWith('/'))
        {
            (at, joint) = (1, '/');
        }

        while (true)
        {
            var end = EndOfComponent(code, at);
            if (!TryComponent(code.AsSpan(at, end - at), out var part))
            {
                return false;
            }

            name.Append(joint switch { '/' => name.Length > 0 ? " per " : "per ", '.' => " ", _ => string.Empty }).Append(part.Name);
            symbol.Append(joint switch { '/' => symbol.Length > 0 ? "/" : "1/", '.' => "·", _ => string.Empty }).Append(part.Symbol);
            if (end == code.Length)
            {
                words = (name.ToString(), symbol.ToString());
                return true;
            }

            joint = code[end];
            at = end + 1;
        }
    }

    /// <summary>A '.' or '/' within braces or brackets belongs to the component.</summary>
    private static int EndOfComponent(string code, int at)
    {
        var depth = 0;
        for (var i = at; i < code.Length; i++)
        {
            depth += code[i] switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
            if (depth == 0 && code[i] is '.' or '/')
            {
                return i;
            }
        }

        return code.Length;
    }

    private static bool TryComponent(ReadOnlySpan<char> text, out (string Name, string Symbol) words)
    {
        words = default;
        var brace = text.IndexOf('{');
        if (brace >= 0 && text[^1] != '}')
        {
            return false;
        }

        var note = brace < 0 ? string.Empty : text[(brace + 1)..^1].ToString();
        var unit = brace < 0 ? text : text[..brace];
        if (unit.IsEmpty || unit is "1")
        {
            words = note.Length > 0 ? (note, note) : ("one", "1");
            return note.Length > 0 || !unit.IsEmpty;
        }

        if (!TrySimple(unit, out var name, out var symbol))
        {
            return false;
        }

        words = note.Length > 0 ? ($"{name} ({note})", symbol) : (name, symbol);
        return true;
    }

    /// <summary>A prefix, an atom and an exponent.</summary>
    private static bool TrySimple(ReadOnlySpan<char> unit, out string name, out string symbol)
    {
        var stem = unit.TrimEnd("0123456789");
        var digits = unit[stem.Length..];
        var isNegative = stem.Length > 0 && stem[^1] == '-';
        stem = isNegative || (stem.Length > 0 && stem[^1] == '+') ? stem[..^1] : stem;
        if ((!TryAtom(stem.ToString(), out name, out symbol) && !TryPrefixed(stem.ToString(), out name, out symbol)) || (isNegative && digits.IsEmpty))
        {
            return false;
        }

        if (digits.Length is 1)
        {
            name = Power(name, digits[0], isNegative);
            symbol = $"{symbol}{(isNegative ? "⁻" : string.Empty)}{Superscripts[digits[0] - '0']}";
        }

        return digits.Length <= 1;
    }

    private static string Power(string name, char digit, bool isNegative) => (digit, isNegative) switch
    {
        ('2', false) => $"square {name}",
        ('3', false) => $"cubic {name}",
        _ => $"{name} to the power of {(isNegative ? "-" : string.Empty)}{digit}",
    };

    private static bool TryAtom(string code, out string name, out string symbol)
    {
        var isKnown = Atoms.TryGetValue(code, out var atom);
        (name, symbol) = isKnown ? atom : (string.Empty, string.Empty);
        return isKnown;
    }

    private static bool TryPrefixed(string code, out string name, out string symbol)
    {
        foreach (var prefix in Prefixes)
        {
            if (code.StartsWith(prefix.Code, StringComparison.Ordinal) && TryAtom(code[prefix.Code.Length..], out name, out symbol))
            {
                (name, symbol) = (prefix.Name + name, prefix.Symbol + symbol);
                return true;
            }
        }

        (name, symbol) = (string.Empty, string.Empty);
        return false;
    }
}
