using System.Text;

namespace Quartier.Domain.Payloads;

/// <summary>Units of the SenML registry (RFC 8428 §12.1, RFC 8798) that have another code in UCUM.</summary>
internal static class SenMLUnits
{
    private static readonly Dictionary<string, string[]> Ucum = new(StringComparer.Ordinal)
    {
        ["%RH"] = ["%"],
        ["%EL"] = ["%"],
        ["/"] = ["1"],
        ["count"] = ["1", "{count}"],
        ["l"] = ["L", "l"],
        ["l/s"] = ["L/s", "l/s"],
        ["min"] = ["min"],
        ["dBW"] = ["dB[W]"],
        ["Bspl"] = ["B[SPL]"],
        ["dBA"] = ["dB[SPL]", "dB(A)"],
        ["bit"] = ["bit"],
        ["beat/min"] = ["/min", "{beat}/min"],
        ["pH"] = ["[pH]"],
        ["degC"] = [],
    };

    /// <summary>Whether the unit that was sent is the one that the registry gives.</summary>
    public static bool Match(ReadOnlySpan<byte> sent, string registered)
    {
        var text = Encoding.UTF8.GetString(sent);
        return string.Equals(text, registered, StringComparison.Ordinal)
            || (Ucum.TryGetValue(text, out var codes) && (codes.AsSpan().Contains(registered) || (text is "count" && registered.StartsWith('{'))));
    }
}
