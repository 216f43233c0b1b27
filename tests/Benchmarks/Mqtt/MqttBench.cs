using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Quartier.Benchmarks.Mqtt;

/// <summary><c>mqtt</c>: connections and fan-out of the endpoint beside mosquitto, on the same machine in the same run.</summary>
internal static class MqttBench
{
    private const int ConnectsAtATime = 16;
    private const int Subscribers = 1_000;
    private const int Publishers = 1_000;
    private const int MessagesToMany = 100;
    private const int MessagesOfEach = 20;

    /// <summary>What does not come in this time is lost.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The command.</summary>
    public static Command Command()
    {
        var idle = new Option<int>("--idle") { Description = "Idle connections.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("mqtt", "Connections and fan-out of the MQTT endpoint, beside mosquitto.") { idle };
        command.SetAction(parsed => RunAsync(parsed.GetValue(idle)));
        return command;
    }

    private static async Task<int> RunAsync(int idle)
    {
        MqttFigures ours;
        await using (var server = await BenchedServer.OursAsync().ConfigureAwait(false))
        {
            ours = await MeasureAsync(server, idle).ConfigureAwait(false);
        }

        MqttFigures? theirs = null;
        if (await BenchedServer.MosquittoAsync().ConfigureAwait(false) is { } mosquitto)
        {
            await using var stopped = mosquitto.ConfigureAwait(false);
            theirs = await MeasureAsync(mosquitto, idle).ConfigureAwait(false);
        }
        else
        {
            await Console.Error.WriteLineAsync("mosquitto is not installed, so there are no ratios. Run: apt-get install mosquitto").ConfigureAwait(false);
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            lost = ours.Lost,
            connections_per_second = ours.ConnectionsPerSecond,
            bytes_per_connection = ours.BytesPerConnection,
            fan_out_per_second = ours.FanOutPerSecond,
            fan_in_per_second = ours.FanInPerSecond,
            connections_per_second_ratio = Ratio(ours.ConnectionsPerSecond, theirs?.ConnectionsPerSecond),
            bytes_per_connection_ratio = Ratio(ours.BytesPerConnection, theirs?.BytesPerConnection),
            fan_out_per_second_ratio = Ratio(ours.FanOutPerSecond, theirs?.FanOutPerSecond),
            fan_in_per_second_ratio = Ratio(ours.FanInPerSecond, theirs?.FanInPerSecond),
            mosquitto_lost = theirs?.Lost,
        }));
        return ours.Lost == 0 ? 0 : 1;
    }

    /// <summary>None without the other, or where too few connections cost it no page of memory.</summary>
    private static double? Ratio(double ours, double? theirs) => theirs is > 0 ? ours / theirs : null;

    private static async Task<MqttFigures> MeasureAsync(BenchedServer server, int idle)
    {
        (await ConnectAsync(server.Port, 500, "warm").ConfigureAwait(false)).Clients.ForEach(client => client.Dispose());
        var before = server.ResidentBytes;
        var (clients, seconds) = await ConnectAsync(server.Port, idle, "idle").ConfigureAwait(false);
        var bytes = (double)(server.ResidentBytes - before) / idle;
        clients.ForEach(client => client.Dispose());
        var (fanOut, lostOut) = await FanOutAsync(server.Port).ConfigureAwait(false);
        var (fanIn, lostIn) = await FanInAsync(server.Port).ConfigureAwait(false);
        var figures = new MqttFigures(idle / seconds, bytes, fanOut, fanIn, lostOut + lostIn);
        Console.WriteLine($"{server.Name,-10} {figures.ConnectionsPerSecond,10:N0} connections/s  {figures.BytesPerConnection,8:N0} bytes each  "
            + $"1→{Subscribers}: {fanOut,10:N0}/s  {Publishers}→1: {fanIn,10:N0}/s  lost {figures.Lost}");
        return figures;
    }

    private static async Task<(List<BenchClient> Clients, double Seconds)> ConnectAsync(int port, int count, string prefix)
    {
        using var patience = new CancellationTokenSource(s_patience * 2);
        var begin = Stopwatch.GetTimestamp();
        var groups = await Task.WhenAll(Enumerable.Range(0, ConnectsAtATime).Select(async group =>
        {
            var clients = new List<BenchClient>();
            for (var i = group; i < count; i += ConnectsAtATime)
            {
                clients.Add(await BenchClient.ConnectAsync(port, $"{prefix}-{i}", patience.Token).ConfigureAwait(false));
            }

            return clients;
        })).ConfigureAwait(false);
        return ([.. groups.SelectMany(group => group)], Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private static async Task<(double PerSecond, long Lost)> FanOutAsync(int port)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var subscribers = (await ConnectAsync(port, Subscribers, "sub").ConfigureAwait(false)).Clients;
        foreach (var subscriber in subscribers)
        {
            await subscriber.SubscribeAsync(patience.Token).ConfigureAwait(false);
        }

        using var publisher = await BenchClient.ConnectAsync(port, "publisher", patience.Token).ConfigureAwait(false);
        var begin = Stopwatch.GetTimestamp();
        var reads = subscribers.ConvertAll(subscriber => subscriber.ReadAsync((long)MessagesToMany * BenchClient.DeliveryBytes, patience.Token));
        await publisher.PublishAsync(MessagesToMany, patience.Token).ConfigureAwait(false);
        var read = (await Task.WhenAll(reads).ConfigureAwait(false)).Sum() / BenchClient.DeliveryBytes;
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        subscribers.ForEach(subscriber => subscriber.Dispose());
        return (read / seconds, ((long)Subscribers * MessagesToMany) - read);
    }

    private static async Task<(double PerSecond, long Lost)> FanInAsync(int port)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var publishers = (await ConnectAsync(port, Publishers, "pub").ConfigureAwait(false)).Clients;
        using var subscriber = await BenchClient.ConnectAsync(port, "subscriber", patience.Token).ConfigureAwait(false);
        await subscriber.SubscribeAsync(patience.Token).ConfigureAwait(false);
        const long Due = (long)Publishers * MessagesOfEach;
        var begin = Stopwatch.GetTimestamp();
        var reading = subscriber.ReadAsync(Due * BenchClient.DeliveryBytes, patience.Token);
        await Task.WhenAll(publishers.ConvertAll(publisher => publisher.PublishAsync(MessagesOfEach, patience.Token))).ConfigureAwait(false);
        var read = await reading.ConfigureAwait(false) / BenchClient.DeliveryBytes;
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        publishers.ForEach(publisher => publisher.Dispose());
        return (read / seconds, Due - read);
    }
}
