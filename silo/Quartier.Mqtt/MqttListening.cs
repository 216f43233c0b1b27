using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Sessions;
using Quartier.Mqtt.WebSockets;

namespace Quartier.Mqtt;

/// <summary>How the silo brings the endpoint to a port.</summary>
public static class MqttListening
{
    /// <summary>HTTP/1.1 upgrades a GET; HTTP/2 has its extended CONNECT (RFC 8441).</summary>
    private static readonly string[] WebSocketMethods = [HttpMethods.Get, HttpMethods.Connect];

    /// <summary>
    /// Registers the endpoint. The caller registers an <see cref="IMqttIngest"/> as singleton, and a <see cref="TimeProvider"/> unless the
    /// system's will do; with an <see cref="ISessionStore"/> sessions and retained messages survive a restart.
    /// </summary>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, Action<MqttOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new MqttOptions();
        configure?.Invoke(options);
        return services.AddMqttEndpoint(options);
    }

    /// <summary>The same with options that have been read already.</summary>
    /// <exception cref="InvalidOperationException">An option is out of range.</exception>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, MqttOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new MqttEndpoint(
            options,
            provider.GetRequiredService<IMqttIngest>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MqttEndpoint>>(),
            provider.GetService<ISessionStore>()));
        services.AddSingleton<MqttConnectionHandler>();
        services.AddHostedService<MqttSweep>();
        return services;
    }

    /// <summary>Speaks MQTT on this Kestrel endpoint, without TLS: so only on loopback, unless the caller says that it may be in clear.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="inClear">True when the operator accepted by name that passwords and readings cross the network in clear.</param>
    /// <exception cref="InvalidOperationException">The endpoint can be reached from other machines.</exception>
    public static ListenOptions UseMqtt(this ListenOptions listen, bool inClear = false)
    {
        ArgumentNullException.ThrowIfNull(listen);
        if (!inClear)
        {
            RequireLoopback(listen.EndPoint);
        }

        UseGuard(listen);
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Speaks MQTT over TLS on this Kestrel endpoint. Who may not connect is turned away before a handshake costs anything.</summary>
    public static ListenOptions UseMqttOverTls(this ListenOptions listen, TlsHandshakeCallbackOptions tls)
    {
        ArgumentNullException.ThrowIfNull(listen);
        UseGuard(listen);
        listen.UseHttps(tls);
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>
    /// Speaks MQTT over WebSocket (section 6) at a path of the HTTP server. The caller puts WebSockets into the pipeline, and decides before on who may address the server.
    /// </summary>
    public static IEndpointConventionBuilder MapMqtt(this IEndpointRouteBuilder routes, string path) =>
        routes.MapMethods(path, WebSocketMethods, static (HttpContext http, MqttEndpoint endpoint) => MqttWebSocket.ServeAsync(http, endpoint)).ExcludeFromDescription();

    private static void UseGuard(ListenOptions listen)
    {
        var endpoint = listen.ApplicationServices.GetRequiredService<MqttEndpoint>();
        listen.Use(next => context => endpoint.GuardAsync(context, next.Invoke));
    }

    /// <summary>Refuses whatever is not loopback or a Unix socket.</summary>
    /// <exception cref="InvalidOperationException">The endpoint can be reached from other machines; the message says what to do.</exception>
    public static void RequireLoopback(EndPoint endPoint)
    {
        var isLocal = endPoint switch
        {
            IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
            UnixDomainSocketEndPoint => true,
            _ => false,
        };
        if (!isLocal)
        {
            throw new InvalidOperationException(
                $"MQTT without TLS must not listen on {endPoint}: passwords and readings would cross the network in clear. " +
                "Listen on 127.0.0.1 or ::1, or give the endpoint a certificate.");
        }
    }
}
