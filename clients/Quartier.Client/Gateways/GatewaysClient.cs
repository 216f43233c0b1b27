using System.Net.Http.Json;

namespace Quartier.Client.Gateways;

/// <summary>Gateways and their credentials (docs/mqtt.md). Throws like <see cref="QuartierClient"/>.</summary>
public sealed class GatewaysClient
{
    private readonly QuartierClient client;

    internal GatewaysClient(QuartierClient client) => this.client = client;

    /// <summary>The gateways of a city.</summary>
    public async Task<IReadOnlyList<CityGateway>> GetAsync(string city, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(city));
        return await client.SendAsync(request, ClientJson.Default.IReadOnlyListCityGateway, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives a gateway a new password, which takes the place of the one before.</summary>
    public async Task<NewGatewayPassword> SetPasswordAsync(string city, string gateway, GatewayPassword password, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{PathOf(city, gateway)}/password")
        {
            Content = JsonContent.Create(password, ClientJson.Default.GatewayPassword),
        };
        return await client.SendAsync(request, ClientJson.Default.NewGatewayPassword, cancellation).ConfigureAwait(false);
    }

    /// <summary>Has a certificate issued for the key of a certificate request.</summary>
    public async Task<NewGatewayCertificate> EnrolAsync(string city, string gateway, GatewayEnrolment enrolment, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{PathOf(city, gateway)}/certificate")
        {
            Content = JsonContent.Create(enrolment, ClientJson.Default.GatewayEnrolment),
        };
        return await client.SendAsync(request, ClientJson.Default.NewGatewayCertificate, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends a gateway's credentials and the connections that are open by them.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="gateway">Id of the gateway.</param>
    /// <param name="credential">Id of the only credential to end; null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<CityGateway> RevokeAsync(string city, string gateway, string? credential, CancellationToken cancellation)
    {
        var query = credential is null ? string.Empty : "?credential=" + Uri.EscapeDataString(credential);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{PathOf(city, gateway)}/credentials{query}");
        return await client.SendAsync(request, ClientJson.Default.CityGateway, cancellation).ConfigureAwait(false);
    }

    private static string PathOf(string city) => $"api/cities/{Uri.EscapeDataString(city)}/gateways";

    private static string PathOf(string city, string gateway) => $"{PathOf(city)}/{Uri.EscapeDataString(gateway)}";
}
