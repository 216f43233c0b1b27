using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt;

/// <summary>How the silo brings the endpoint to a port.</summary>
public static class MqttListening
{
    /// <summary>
    /// Registers the endpoint. The caller registers an <see cref="IMqttIngest"/> as singleton, and a <see cref="TimeProvider"/> unless the
    /// system's will do; with an <see cref="ISessionStore"/> sessions and retained messages survive a restart.
    /// </summary>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, Action<MqttOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new MqttOptions();
        configure?.Invoke(options);
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

    /// <summary>Speaks MQTT on this Kestrel endpoint, without TLS: so only on loopback.</summary>
    /// <exception cref="InvalidOperationException">The endpoint can be reached from other machines.</exception>
    public static ListenOptions UseMqtt(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        RequireLoopback(listen.EndPoint);
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
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
                "Listen on 127.0.0.1 or ::1, and put a TLS proxy in front if other machines must connect.");
        }
    }
}
