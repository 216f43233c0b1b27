using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Districts;

namespace SensorThings.Tests;

/// <summary>What is sent without a time into a city whose recorded data are being replayed.</summary>
public sealed class TimelessTests : IAsyncLifetime
{
    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Readings_without_a_time_are_of_the_replays_now_and_leave_all_others_where_they_are()
    {
        var before = await StateAsync("mitte");
        using var gateway = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        foreach (var payload in (string[])["""{"total":7}""", "8", """{"total":9}"""])
        {
            Assert.Equal(0, await gateway.PublishAsync("v1/stadt/g/rad-1", payload));
        }

        var bikes = await _city.Public.StreamAsync("rad-1/total");
        Assert.Equal((double[])[9, 8, 7], await LatestAsync(bikes, before.NowMs, 3));
        await _city.ObserveAsync(bikes, """{"result":10}""");
        Assert.Equal((double[])[10, 9, 8, 7], await LatestAsync(bikes, before.NowMs, 4));
        var after = await StateAsync("mitte");
        Assert.InRange(after.NowMs, before.NowMs, before.NowMs + 10);
        Assert.Equal(before.Silent, after.Silent.Remove("g/rad-1"));
    }

    [Fact]
    public async Task Values_that_came_together_stay_together()
    {
        using var gateway = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await gateway.PublishAsync("v1/stadt/g/luft-1", """{"temperature":21,"battery":50}"""));
        var times = new List<string>();
        foreach (var property in (string[])["temperature", "battery"])
        {
            var stream = await _city.Public.StreamAsync($"luft-1/{property}");
            var latest = (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$orderby=phenomenonTime desc&$top=1")).Single();
            times.Add((string)latest["phenomenonTime"]!);
        }

        Assert.Equal(times[0], times[1]);
        Assert.StartsWith("2026-07-01T05:2", times[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_replay_has_begun_there_is_no_now_to_give()
    {
        const string Ring = "outline: [[7.80, 51.90], [7.90, 51.90], [7.90, 52.00], [7.80, 51.90]]";
        await _city.ApplyAsync(CityFiles.Registry
            .Replace("gateways:", $"  - {{id: ost, name: Ost, office: amt, retentionDays: 3650, schematic: true, {Ring}}}\ngateways:", StringComparison.Ordinal)
            .Replace("  - {id: probe,", "  - {id: rad-neu, gateway: g, district: ost, name: Neu, model: counter, office: amt}\n  - {id: probe,", StringComparison.Ordinal));
        using var gateway = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await gateway.PublishAsync("v1/stadt/g/rad-neu", """{"total":7}"""));
        while (!(await _city.Operator.JsonAsync("/api/cities/stadt/books")).ToJsonString().Contains("the replay has not begun", StringComparison.Ordinal))
        {
            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(0, (await StateAsync("ost")).NowMs);
        Assert.Equal(0, await gateway.PublishAsync("v1/stadt/g/rad-neu", """{"t":"2026-07-01T00:00:00Z","total":7}"""));
        while ((await StateAsync("ost")).NowMs == 0)
        {
            StaCity.Token.ThrowIfCancellationRequested(); // The district hears of it beside the acknowledgement.
            await Task.Yield();
        }

        Assert.Equal(0, await gateway.PublishAsync("v1/stadt/g/rad-neu", """{"total":8}"""));
        Assert.Equal((double[])[8, 7], await LatestAsync(await _city.Public.StreamAsync("rad-neu/total"), StaCity.StartMs, 2));
    }

    [Fact]
    public async Task Observations_of_the_present_beside_a_recording_do_not_end_it()
    {
        var before = await StateAsync("hafen");
        await _city.CreateAsync("Things", """
            {"name":"Feuchte","description":"Im Keller","properties":{"district":"hafen"},
             "Locations":[{"name":"Keller","description":"Unten","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.7321,51.91]}}],
             "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},
               "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
               "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"},
               "Observations":[{"result":50}]}]}
            """);
        var after = await StateAsync("hafen");
        Assert.Equal(before.NowMs, after.NowMs);
        Assert.Equal(before.Silent, after.Silent.RemoveAll(s => s.StartsWith("sensorthings/", StringComparison.Ordinal)));
    }

    private Task<DistrictState> StateAsync(string district) =>
        _city.Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IDistrictGrain>($"{StaCity.City}/{district}").GetState();

    /// <summary>The latest results, all of them behind a time and within the recording.</summary>
    private async Task<double[]> LatestAsync(long stream, long afterMs, int count)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(afterMs).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var found = await _city.Operator.ValuesAsync(
            $"Datastreams({stream})/Observations?$filter=phenomenonTime ge {from} and phenomenonTime lt 2026-07-03T00:00:00Z&$orderby=phenomenonTime desc&$top={count}");
        return [.. found.Select(o => o["result"]!.GetValue<double>())];
    }
}
