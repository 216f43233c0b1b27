using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quartier.Mqtt;
using Quartier.Silo.Tls;

namespace Quartier.Silo;

/// <summary>The doors of the silo: where they are to be, and, once it has started, where they are.</summary>
internal sealed class SiloListeners(SiloOptions options)
{
    private ListenOptions? _http;
    private ListenOptions? _https;
    private ListenOptions? _mqtt;
    private ListenOptions? _mqtts;

    /// <summary>Page and API without TLS.</summary>
    public IPEndPoint Http => _http!.IPEndPoint!;

    /// <summary>MQTT without TLS.</summary>
    public IPEndPoint Mqtt => _mqtt!.IPEndPoint!;

    /// <summary>Page and API with TLS; null when there is none.</summary>
    public IPEndPoint? Https => _https?.IPEndPoint;

    /// <summary>MQTT with TLS; null when there is none.</summary>
    public IPEndPoint? Mqtts => _mqtts?.IPEndPoint;

    /// <summary>All that listen, by their names.</summary>
    public IEnumerable<(string Name, IPEndPoint Address)> All =>
        new (string Name, IPEndPoint? Address)[] { ("http", Http), ("https", Https), ("mqtt", Mqtt), ("mqtts", Mqtts) }
            .Where(l => l.Address is not null).Select(l => (l.Name, l.Address!));

    /// <summary>Where clients are sent for MQTT: the door with TLS under the first host name, or else the plain one; null before the start.</summary>
    public string? MqttAddress => Mqtts is { } secure
        ? $"mqtts://{options.HostNames.FirstOrDefault()?.Split(':')[0] ?? secure.Address.ToString()}:{secure.Port}"
        : _mqtt?.IPEndPoint is { } plain ? $"mqtt://{plain}" : null;

    /// <summary>Where page and API are found: the door with TLS under the first host name, or else the plain one; null before the start.</summary>
    public string? HttpAddress => Https is { } secure
        ? $"https://{(options.HostNames.FirstOrDefault() is { } name ? WithPort(name, secure.Port) : secure.ToString())}"
        : _http?.IPEndPoint is { } plain ? $"http://{plain}" : null;

    /// <summary>Opens them.</summary>
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Http, listen => _http = listen);

        // Plaintext beyond loopback has been accepted by name, or there would be no start.
        kestrel.Listen(options.Mqtt, listen => _mqtt = listen.UseMqtt(inClear: !IPAddress.IsLoopback(options.Mqtt.Address)));
        if (options.Tls is null)
        {
            return;
        }

        var terms = kestrel.ApplicationServices.GetRequiredService<TlsTerms>();
        if (options.Https is { } https)
        {
            kestrel.Listen(https, listen => (_https = listen).UseHttps(terms.ForHttp()));
        }

        if (options.Mqtts is { } mqtts)
        {
            kestrel.Listen(mqtts, listen => _mqtts = listen.UseMqttOverTls(terms.ForMqtt()));
        }
    }

    private static string WithPort(string name, int port) => name.Contains(':', StringComparison.Ordinal) || port == 443 ? name : $"{name}:{port}";
}
