using System.Collections.Immutable;
using System.Text;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;

namespace Grains.Tests.Ingest;

/// <summary>A subscriber without an account over a town's real district.</summary>
internal sealed class Reader : IDisposable
{
    private long _sequence = 1_000;

    public Reader(PolicyDefinition policy, string? connectPurpose = null, CityDefinition? city = null)
    {
        Host = new(city ?? Town.City(Town.Sensor("s", Town.Stream("v"), Town.Stream("w"))));
        var refusals = new RefusalCollector(Host.Registry, Host.Driver.Clock);
        var ports = new ReadingPorts(Host.InForce, Host.Ledger);
        Session = new(new(Host.Registry, Host.Grains, Host.Store, refusals, Host.Driver.Clock, null, ports), "c") { Purpose = connectPurpose };
        Set(policy);
        Session.MaySubscribe("#", QualityOfService.AtMostOnce);
        Host.Ledger.Entries.Clear();
    }

    public CityHost Host { get; }

    public GatewaySession Session { get; }

    public void Set(PolicyDefinition policy)
    {
        var districts = ImmutableDictionary<string, EffectivePolicy>.Empty.Add("mitte", new EffectivePolicy(1, ++_sequence, policy));
        Host.InForce.Publish(new("town", _sequence, districts));
    }

    public async Task<bool> AskAsync(string topic, string payload, string? purpose = null, byte[]? properties = null, byte[]? source = null)
    {
        var asked = Session.MayReceive(new(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), properties ?? []) { Source = source }, purpose).AsTask();
        while (!asked.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Host.Driver.RunUntilIdle();
            await Task.Yield();
        }

        return await asked;
    }

    public void Dispose() => Host.Dispose();
}
