using Quartier.Client;

namespace Quartier.Cli.Gateways;

/// <summary>Which gateway of which city.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Gateway">Id of the gateway.</param>
internal sealed record GatewayPath(string City, string Gateway)
{
    /// <summary>Reads <c>city/gateway</c>.</summary>
    /// <exception cref="QuartierProblemException">The text is something else.</exception>
    public static GatewayPath Parse(string text) => text.Split('/') is [{ Length: > 0 } city, { Length: > 0 } gateway]
        ? new GatewayPath(city, gateway)
        : throw new QuartierProblemException($"'{text}' is not CITY/GATEWAY, such as muenster/verkehr.", null, []);
}
