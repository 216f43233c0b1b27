using Microsoft.Extensions.DependencyInjection;
using Quartier.Mqtt;

namespace SensorThings.Tests;

/// <summary>What the city publishes itself while a session of MQTT that lasts has no client: it waits, and is judged when the client is back.</summary>
public sealed class MqttSessionTests : IAsyncLifetime
{
    private readonly StaCity _city = new();
    private readonly HashSet<double> _measured = [];

    /// <summary>Beyond what the city has measured so far.</summary>
    private long _now = CityReadings.At(60 * 24, 3);

    private MqttEndpoint Endpoint => _city.Silo.Services.GetRequiredService<MqttEndpoint>();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Theory]
    [InlineData("v1/stadt/live/+/sensor/g/rad-1/#", "value")]
    [InlineData("v1.1/Observations", "result")]
    [InlineData("DATASTREAM/Observations?$select=result", "result")]
    public async Task What_is_measured_while_a_subscriber_is_away_waits_for_it_in_order_also_over_a_restart(string filter, string member)
    {
        filter = filter.Replace("DATASTREAM", $"v1.1/Datastreams({await _city.Public.StreamAsync("rad-1/total")})", StringComparison.Ordinal);
        await SubscribeAndLeaveAsync(filter, null, null);
        await MeasureAsync("rad-1", 5);
        await MeasureAsync("rad-1", 6);
        await _city.RestartAsync();
        await MeasureAsync("rad-1", 7);
        var (back, wasThere) = await MqttPeer.ResumeAsync(_city.Silo.Mqtt, "away");
        using (back)
        {
            Assert.True(wasThere);
            Assert.Equal([5, 6, 7], await ValuesAsync(back, member, until: 7));
            await MeasureAsync("rad-1", 8, isAway: false);
            Assert.Equal([8], await ValuesAsync(back, member, until: 8));
        }
    }

    [Theory]
    [InlineData("v1/stadt/live/+/sensor/g/laerm-1/# v1/stadt/live/+/sensor/g/rad-1/#", "value")]
    [InlineData("v1.1/Observations", "result")]
    public async Task Purpose_is_kept_with_the_session_and_what_was_permitted_when_it_was_measured_does_not_outlive_the_grant(string filters, string member)
    {
        await SubscribeAndLeaveAsync(filters, _city.Key, "operation");
        await MeasureAsync("laerm-1", 71);
        await _city.RestartAsync();
        using (var back = (await MqttPeer.ResumeAsync(_city.Silo.Mqtt, "away", _city.Key)).Peer)
        {
            Assert.Contains(71, await ValuesAsync(back, member, until: 71));
        }

        await GoneAsync();
        await MeasureAsync("laerm-1", 72);
        await MeasureAsync("rad-1", 5);
        await _city.PolicyAsync(CityFiles.Policy.Replace("streams: [counts, hidden, air, devices]", "streams: [counts, hidden, air]", StringComparison.Ordinal));
        using var later = (await MqttPeer.ResumeAsync(_city.Silo.Mqtt, "away", _city.Key)).Peer;
        Assert.DoesNotContain(72, await ValuesAsync(later, member, until: 5));
    }

    [Fact]
    public async Task Nothing_is_looked_at_any_more_when_the_session_has_unsubscribed()
    {
        using (var reader = (await MqttPeer.ResumeAsync(_city.Silo.Mqtt, "away")).Peer)
        {
            Assert.Equal(1, await reader.SubscribeAsync("v1.1/Observations", 1));
            Assert.Equal(1, await reader.SubscribeAsync("v1/stadt/live/#", 1));
            await reader.UnsubscribeAsync("v1.1/Observations");
            await reader.UnsubscribeAsync("v1/stadt/live/#");
        }

        await GoneAsync();
        var topics = _city.Silo.Services.GetRequiredService<Quartier.Api.SensorThings.Subscriptions.SubscribedTopics>();
        Assert.True(topics.IsEmpty);
        await UntilAsync(() => _city.Silo.Services.GetRequiredService<Quartier.Silo.Live.LiveTopics>().Lines == 0);
    }

    [Fact]
    public async Task Changes_of_entities_wait_for_nobody_who_is_away()
    {
        await SubscribeAndLeaveAsync("v1.1/Things", null, null);
        Assert.True(_city.Silo.Services.GetRequiredService<Quartier.Api.SensorThings.Subscriptions.SubscribedTopics>().IsEmpty);
    }

    /// <summary>What was measured in the test, up to a value. A live value may come a second time after a restart, and so may what was measured before.</summary>
    private async Task<IEnumerable<double>> ValuesAsync(MqttPeer peer, string member, double until)
    {
        var values = new List<double>();
        while (values.Count == 0 || values[^1] != until)
        {
            if ((await peer.NextAsync()).Payload[member]?.GetValue<double>() is { } value && _measured.Contains(value))
            {
                values.Add(value);
            }
        }

        return values.Distinct();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task SubscribeAndLeaveAsync(string filters, string? key, string? purpose)
    {
        using (var reader = (await MqttPeer.ResumeAsync(_city.Silo.Mqtt, "away", key, purpose)).Peer)
        {
            foreach (var filter in filters.Split(' '))
            {
                Assert.Equal(1, await reader.SubscribeAsync(filter, 1));
            }
        }

        await GoneAsync();
    }

    private Task GoneAsync() => UntilAsync(() => Endpoint.Counters.Connections == 0);

    /// <summary>Measures, and waits until the message is with the session that is away.</summary>
    private async Task MeasureAsync(string sensor, double value, bool isAway = true)
    {
        _measured.Add(value);
        var before = Endpoint.QueuedBytes;
        await _city.IngestAsync(sensor, new Quartier.Contracts.Readings.Sample(0, _now += StaCity.MinuteMs, value));
        if (isAway)
        {
            await UntilAsync(() => Endpoint.QueuedBytes > before);
        }
    }
}
