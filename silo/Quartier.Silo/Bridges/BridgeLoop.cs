using Quartier.Contracts.Registry;
using Quartier.Mqtt.Bridges;
using Quartier.Silo.Ingest;

namespace Quartier.Silo.Bridges;

/// <summary>Keeps one bridge connected: again after each failure, later each time, until it is told to stop.</summary>
internal sealed class BridgeLoop(
    string city, BridgeDefinition bridge, BridgeFiles files, GatewayIngest ingest, BridgeState state, Func<double> jitter, ILogger logger)
{
    /// <summary>Longest message that is taken, as at the endpoint.</summary>
    private const int MaxPacketBytes = 1024 * 1024;

    /// <summary>Longest wait for a line.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private int _failures;

    /// <summary>Runs until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    break; // Told to stop: whatever was under way was not acknowledged, and comes again.
                }

                // The boundary to somebody else's machine: whatever goes wrong there, the next attempt follows. Nothing was acknowledged that is not safe.
                _failures++;
                var text = error is OperationCanceledException ? $"{bridge.Host}:{bridge.Port} did not answer within {ConnectTimeout.TotalSeconds:0} s." : error.Message;
                state.Failed(text);
                Log.BridgeBroken(logger, city, bridge.Id, text);
                await Task.Delay(Backoff.Wait(_failures, jitter()), ingest.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        state.Failed("Stopped.");
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var password = files.Password(city, bridge);
        using var timeout = new CancellationTokenSource(ConnectTimeout, ingest.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var stream = await BridgeTransport.ConnectAsync(city, bridge, files, either.Token).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var session = new GatewaySession(ingest, $"bridge {bridge.Id}") { Origin = new(city, bridge.Gateway) };
            try
            {
                var broker = new BrokerSession(
                    bridge.ClientId, bridge.User, password, bridge.Filters, TimeSpan.FromMilliseconds(bridge.KeepAliveMs), MaxPacketBytes);
                using var link = new BrokerLink(stream, broker, session, state.Counters, ingest.Time);
                await link.RunAsync(() => OnSubscribed(link), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                session.Closed();
            }
        }
    }

    private void OnSubscribed(BrokerLink link)
    {
        _failures = 0;
        state.Connected(link.SessionPresent);
        Log.BridgeConnected(logger, city, bridge.Id, link.SessionPresent);
    }
}
