using System.Text.RegularExpressions;

namespace Quartier.Gateway.Replay;

/// <summary>A column of a counting station's file.</summary>
/// <param name="Number">The channel's number in the source.</param>
/// <param name="Name">Its name.</param>
/// <param name="Property">Its property in payloads.</param>
internal sealed partial record BicycleChannel(string Number, string Name, string Property)
{
    /// <summary>True when it counts something else than bicycles.</summary>
    public bool CountsCars => Cars().IsMatch(Name);

    /// <summary>Reads a header cell <c>100031297 (Promenade (nördl. Salzstraße))</c>.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isFirst">True for the station's sum.</param>
    /// <returns>Null when the cell is none.</returns>
    public static BicycleChannel? TryParse(string cell, bool isFirst)
    {
        var match = Header().Match(cell.Trim());
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        return new BicycleChannel(number, match.Groups["name"].Value.Trim(), isFirst ? "total" : "c" + number);
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,18}) \((?<name>.+)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"\b(Pkw|Kfz|Autos?|Cars?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Cars();
}
