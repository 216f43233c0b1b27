using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mqtt.Tests.Wire;
using Quartier.Mqtt;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Sessions;

namespace Mqtt.Tests.Server;

/// <summary>The endpoint on a real socket.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<EndPoint, byte> _served;

    private TestServer(WebApplication application, ConcurrentDictionary<EndPoint, byte> served, TestIngest ingest, ManualTime? time)
    {
        _application = application;
        _served = served;
        Ingest = ingest;
        Time = time;
        Endpoint = application.Services.GetRequiredService<MqttEndpoint>();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Ports = [.. addresses.Addresses.Select(a => new Uri(a).Port)];
    }

    public TestIngest Ingest { get; }

    public ManualTime? Time { get; }

    public MqttEndpoint Endpoint { get; }

    public int Port => Ports[0];

    /// <summary>Where WebSockets are taken, at /mqtt.</summary>
    public int HttpPort => Ports[1];

    /// <summary>MQTT over TLS, when the server has a certificate.</summary>
    public int MqttsPort => Ports[2];

    /// <summary>WebSockets over TLS, when the server has a certificate.</summary>
    public int HttpsPort => Ports[3];

    private int[] Ports { get; }

    public static Task<TestServer> StartAsync(Action<MqttOptions>? configure = null, bool manualTime = false, X509Certificate2? certificate = null) =>
        StartAsync(null, configure, manualTime ? new ManualTime() : null, certificate);

    /// <summary>With a store that a later server may take over.</summary>
    public static async Task<TestServer> StartAsync(
        ISessionStore? store, Action<MqttOptions>? configure = null, ManualTime? time = null, X509Certificate2? certificate = null, TestIngest? ingest = null)
    {
        ingest ??= new TestIngest();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMqttIngest>(ingest);
        if (time is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(time);
        }

        if (store is not null)
        {
            builder.Services.AddSingleton(store);
        }

        builder.Services.AddMqttEndpoint(configure);
        var served = new ConcurrentDictionary<EndPoint, byte>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Use(next => connection => NotedAsync(connection, next, served));
                listen.UseMqtt();
            });
            kestrel.Listen(IPAddress.Loopback, 0);
            if (certificate is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqttOverTls(Tls(certificate, "mqtt")));
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Tls(certificate, "http/1.1")));
            }
        });
        var application = builder.Build();
        application.UseWebSockets();
        application.MapMqtt("/mqtt");
        await application.StartAsync();
        return new TestServer(application, served, ingest, time);
    }

    private static async Task NotedAsync(ConnectionContext connection, ConnectionDelegate next, ConcurrentDictionary<EndPoint, byte> served)
    {
        var address = connection.RemoteEndPoint!;
        served[address] = 0;
        await next(connection);
        served.TryRemove(address, out _);
    }

    private static TlsHandshakeCallbackOptions Tls(X509Certificate2 certificate, string protocol) => new()
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ApplicationProtocols = [new SslApplicationProtocol(protocol)],
        }),
    };

    /// <summary>Whether the endpoint has done with a connection that it has answered; when others end does not matter.</summary>
    public bool HasEnded(RawClient client) => !_served.ContainsKey(client.Address);

    public Task<RawClient> OpenAsync() => RawClient.OpenAsync(Port);

    /// <summary>A client that is connected with 3.1.1.</summary>
    public async Task<RawClient> Connect311Async(string clientId, int keepAlive = 60)
    {
        var client = await OpenAsync();
        await client.SendAsync(Bytes.Connect311(clientId, keepAlive: keepAlive));
        await client.ExpectAsync("20020000");
        return client;
    }

    /// <summary>A client that is connected with 5.0; its CONNACK has been read.</summary>
    public async Task<RawClient> Connect5Async(string clientId, params byte[][] properties)
    {
        var client = await OpenAsync();
        await client.SendAsync(Bytes.Connect5(clientId, 60, properties));
        var connAck = await client.ReadPacketAsync();
        Assert.Equal("200000", $"{connAck![0]:X2}{connAck[2]:X2}{connAck[3]:X2}");
        return client;
    }

    /// <summary>Yields until the condition holds; for effects that have no packet to wait for.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var guard = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(guard.Elapsed < TimeSpan.FromSeconds(30), "The condition never came true.");
            await Task.Yield();
        }
    }

    public Task StopAsync() => _application.StopAsync();

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
