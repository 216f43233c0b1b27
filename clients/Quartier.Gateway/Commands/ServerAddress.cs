using System.Globalization;

namespace Quartier.Gateway.Commands;

/// <summary>Where a silo listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 … 65,535.</param>
public readonly record struct ServerAddress(string Host, int Port)
{
    /// <summary>Reads <c>host</c> or <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultPort">Port when the text names none.</param>
    /// <param name="address">The address.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string text, int defaultPort, out ServerAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = default;
        var colon = text.LastIndexOf(':');
        var hasPort = colon > text.LastIndexOf(']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = defaultPort;
        if (hasPort && !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return false;
        }

        address = new ServerAddress(host, port);
        return host.Length > 0 && port is > 0 and <= 65_535;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
