namespace Quartier.Api.Gateways;

/// <summary>Which gateway of which city; as text <c>city/gateway</c>, which is also its user name in MQTT.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Gateway">Id of the gateway.</param>
public readonly record struct GatewayName(string City, string Gateway)
{
    /// <summary>Below which topics it publishes and subscribes.</summary>
    public string TopicPrefix => $"v1/{City}/{Gateway}/";

    /// <summary>Reads <c>city/gateway</c>; null when the text is something else.</summary>
    public static GatewayName? Parse(string? text) => text?.Split('/') is [{ Length: > 0 } city, { Length: > 0 } gateway] ? new GatewayName(city, gateway) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{City}/{Gateway}";
}
