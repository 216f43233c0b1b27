using System.Globalization;

namespace Quartier.Gateway.Commands;

/// <summary>How fast a replay runs.</summary>
/// <param name="Factor">How many times faster than the events happened; null for as fast as it will go.</param>
public readonly record struct ReplaySpeed(double? Factor)
{
    /// <summary>As fast as it will go.</summary>
    public static readonly ReplaySpeed Max = new(null);

    /// <summary>Reads <c>max</c> or a number greater than 0.</summary>
    public static bool TryParse(string text, out ReplaySpeed speed)
    {
        speed = Max;
        if (text == "max")
        {
            return true;
        }

        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor);
        speed = new ReplaySpeed(factor);
        return isNumber && factor > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => Factor is { } factor ? factor.ToString(CultureInfo.InvariantCulture) : "max";
}
