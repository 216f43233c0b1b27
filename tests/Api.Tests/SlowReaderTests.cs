using System.Net;
using System.Net.Sockets;
using System.Text;
using Api.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>
/// Whoever takes a dear answer too slowly is cut off and loses the place. Kestrel measures by a clock of its own, which nothing public replaces: the test
/// waits for what happens, as long as the grace takes, and looks at no clock itself.
/// </summary>
public sealed class SlowReaderTests
{
    private const string Export = "/api/cities/muenster/export?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&streams=promenade/zaehler/total&format=json";

    /// <summary>
    /// Readings of the answer: 200 KB, more than the buffers between both ends and the server's own hold. A reader has as long as the least rate takes for what is
    /// written, so a longer answer would only make the test longer.
    /// </summary>
    private const int Readings = 1_600;

    /// <summary>Bytes that the system keeps of an answer on its way, at each end.</summary>
    private const int BufferBytes = 4096;

    [Fact]
    public async Task Whoever_takes_a_dear_answer_too_slowly_is_cut_off_and_the_place_is_free_again()
    {
        var watch = new Watch();
        await using var host = await StartAsync(watch);
        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = BufferBytes };
        var address = host.Client.BaseAddress!;
        await slow.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var request = Encoding.ASCII.GetBytes($"GET {Export} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
        Assert.Equal(request.Length, await slow.SendAsync(request, TestContext.Current.CancellationToken));
        var head = new byte[512];
        Assert.True(await slow.ReceiveAsync(head, TestContext.Current.CancellationToken) > 0);
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(head), StringComparison.Ordinal);

        // Nothing more is read. The only place is taken until the server has had enough.
        using var anybody = host.Anybody();
        var (refused, _) = await anybody.AskAsync(Export);
        Assert.Equal(429, (int)refused.StatusCode);
        refused.Dispose();
        await watch.CutOff.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((16.0 * 1024, TimeSpan.FromSeconds(10)), (watch.Rate!.BytesPerSecond, watch.Rate.GracePeriod));
        await watch.Ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        var (response, text) = await anybody.AskAsync(Export);
        using (response)
        {
            Assert.Equal(200, (int)response.StatusCode);
        }

        Assert.True(await TakenAsync(slow) < text.Length, "The slow reader has got the whole answer: nothing was held back that it could be too slow for.");
        Assert.Contains(host.Logs, l => l.Id.Name == "ResponseMinimumDataRateNotSatisfied");
    }

    [Fact]
    public async Task Answers_that_are_not_dear_may_be_taken_as_slowly_as_the_server_allows_anybody()
    {
        var watch = new Watch();
        await using var host = await StartAsync(watch);
        using var response = await host.Client.GetAsync("/api/cities", TestContext.Current.CancellationToken);
        await watch.Ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(new KestrelServerLimits().MinResponseDataRate!.BytesPerSecond, watch.Rate!.BytesPerSecond);
    }

    private static async Task<ApiHost> StartAsync(Watch watch)
    {
        var host = await ApiHost.StartAsync(
            h => h.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information"))),
            b =>
            {
                b.Services.Configure<Quartier.Api.QuartierApiOptions>(o => o.Questions = new(20_000, 1, 1, 1));
                b.Services.AddSingleton<IStartupFilter>(watch);
                b.WebHost.UseSockets(options => options.CreateBoundListenSocket = Listen);
            },
            socket: true);
        host.Put("promenade", "zaehler", 0, [.. Enumerable.Range(0, Readings).Select(i => new Reading(SamplePolicy.Now - (24 * SamplePolicy.Hour) + (i * 50_000), i, Quality.Good))]);
        return host;
    }

    // What is accepted inherits the size.
    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = BufferBytes;
        return socket;
    }

    /// <summary>What is left to be read, until the end or the reset.</summary>
    private static async Task<long> TakenAsync(Socket socket)
    {
        var (taken, buffer) = (0L, new byte[64 * 1024]);
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            {
                taken += read;
            }
        }
        catch (SocketException)
        {
            // The server has reset the connection, as it does with whoever is too slow.
        }

        return taken;
    }

    /// <summary>Sees the first request to its end.</summary>
    private sealed class Watch : IStartupFilter
    {
        private bool _hasBegun;

        public TaskCompletionSource CutOff { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public MinDataRate? Rate { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(SeeAsync);
            next(app);
        };

        private async Task SeeAsync(HttpContext context, RequestDelegate next)
        {
            if (Interlocked.Exchange(ref _hasBegun, true))
            {
                await next(context);
                return;
            }

            context.RequestAborted.Register(() =>
            {
                Rate ??= context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate;
                CutOff.TrySetResult();
            });
            context.Response.RegisterForDispose(new Leaving(Ended));
            try
            {
                await next(context);
            }
            finally
            {
                Rate ??= context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate;
            }
        }
    }

    private sealed class Leaving(TaskCompletionSource ended) : IDisposable
    {
        public void Dispose() => ended.TrySetResult();
    }
}
