using System.Text;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;

namespace Grains.Tests.Ingest;

/// <summary>One gateway's session over a town's grains.</summary>
internal sealed class Endpoint : IDisposable
{
    private readonly GatewaySession _session;

    public Endpoint(CityDefinition? city)
    {
        Host = new(city);
        Refusals = new(Host.Registry, Host.Driver.Clock);
        _session = new(new(Host.Registry, Host.Grains, Host.Store, Refusals, Host.Driver.Clock), "client-7");
    }

    public CityHost Host { get; }

    public RefusalCollector Refusals { get; }

    /// <summary>What was noted for the town since the last call.</summary>
    public IReadOnlyList<Refusal> Noted() => Refusals.Take().TryGetValue("town", out var entries) ? entries : [];

    /// <summary>Begins to take messages that came in one read of the socket.</summary>
    public (Task Done, ReasonCode[] Reasons) Begin(params (string Topic, string Payload)[] messages)
    {
        var reasons = new ReasonCode[messages.Length];
        IncomingPublish[] publishes = [.. messages.Select(m => new IncomingPublish(
            Encoding.UTF8.GetBytes(m.Topic), Encoding.UTF8.GetBytes(m.Payload), default, 1, QualityOfService.AtLeastOnce, Retain: false, Duplicate: false))];
        return (_session.Accept(publishes, reasons).AsTask(), reasons);
    }

    /// <summary>Takes a message that is to be retained.</summary>
    public async Task<ReasonCode> RetainAsync(string topic, string payload)
    {
        var reasons = new ReasonCode[1];
        IncomingPublish[] publishes = [new(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), default, 1, QualityOfService.AtLeastOnce, Retain: true, Duplicate: false)];
        await FinishAsync(_session.Accept(publishes, reasons).AsTask());
        return reasons[0];
    }

    /// <summary>Takes them and waits until they would be acknowledged.</summary>
    public async Task<ReasonCode[]> AcceptAsync(params (string Topic, string Payload)[] messages)
    {
        var (done, reasons) = Begin(messages);
        await FinishAsync(done);
        return reasons;
    }

    public async Task FinishAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Host.Driver.RunUntilIdle();
            await Task.Yield();
        }

        await done;
    }

    public void Dispose() => Host.Dispose();
}
