using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>
/// What clients have left to be said (section 3.1.2.5). A will is on the disk before its CONNACK and until it has been said or taken back, so that the next run says what this one
/// could not; then its sender's rights are asked for again. Those of clients that are connected are with their connections, those that wait with their sessions.
/// </summary>
internal sealed class Wills(MqttEndpoint endpoint)
{
    /// <summary>When what the ingest could not take is handed over again: time for a disk to be given room.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly WillShares _shares = new(endpoint.Options.MaxWillBytes);
    private readonly List<DelayedWill> _unsaid = [];
    private long _lastNumber;

    /// <summary>What all wills weigh at present.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _shares.Bytes;
            }
        }
    }

    private long MaxAgeMs => (long)endpoint.Options.MaxMessageAge.TotalMilliseconds;

    /// <summary>Takes the will of a client that connects.</summary>
    /// <returns>Why there is no room for it; null when there is.</returns>
    public string? Take(WillMessage message, LostClient client, out Testament? testament)
    {
        lock (_lock)
        {
            testament = new Testament(_lastNumber + 1, message, client);
            if (_shares.Refusal(client.Owner, testament.Bytes) is { } refusal)
            {
                testament = null;
                return refusal;
            }

            _lastNumber++;
            _shares.Add(client.Owner, testament.Bytes);
            return null;
        }
    }

    /// <summary>A will that begins to wait, for so long.</summary>
    public DelayedWill Wait(Testament testament, ClientSession session, IIngestSession ingest, long waitMs) =>
        new(testament, session, ingest, endpoint.NowMs + waitMs, endpoint.NowMs + waitMs + MaxAgeMs);

    /// <summary>It will not be said any more.</summary>
    public void Discard(Testament testament)
    {
        Release(testament);
        endpoint.Later?.Add(StoredChange.Remove(SessionRecords.WillKey(testament)));
    }

    /// <summary>The same where the record is removed with others.</summary>
    public void Release(Testament testament)
    {
        lock (_lock)
        {
            _shares.Remove(testament.Client.Owner, testament.Bytes);
        }
    }

    /// <summary>
    /// A will that an earlier run left. Whoever was connected then has been gone for at most as long as the endpoint has: its delay begins now, and ends with its session at the latest.
    /// </summary>
    /// <param name="testament">The will.</param>
    /// <param name="session">The session to which it belongs, if that is back; null otherwise, and then it is due.</param>
    /// <param name="dueMs">When it was to be said; <see cref="long.MaxValue"/> when the client was connected.</param>
    /// <returns>What the store is to know about it.</returns>
    public StoredChange Restore(Testament testament, ClientSession? session, long dueMs)
    {
        var nowMs = endpoint.NowMs;
        var due = dueMs == long.MaxValue ? nowMs + (1000L * testament.Message.DelaySeconds) : dueMs;
        due = session is null ? Math.Min(due, nowMs) : Math.Min(due, session.EndsAtMs);
        var will = new DelayedWill(testament, session, Ingest: null, due, due + MaxAgeMs);
        lock (_lock)
        {
            _lastNumber = Math.Max(_lastNumber, testament.Number);
            _shares.Add(testament.Client.Owner, testament.Bytes);
            if (session is null || due <= nowMs)
            {
                _unsaid.Add(will);
            }
            else
            {
                session.Will = will;
            }
        }

        return endpoint.Records!.Keep(will);
    }

    /// <summary>Says what is due and belongs to no session any more. Called periodically.</summary>
    public async Task SweepAsync(long nowMs)
    {
        List<DelayedWill> due;
        lock (_lock)
        {
            if (_unsaid.Count == 0)
            {
                return;
            }

            due = [.. _unsaid.Where(will => will.DueMs <= nowMs)];
            _unsaid.RemoveAll(will => will.DueMs <= nowMs);
        }

        foreach (var will in due)
        {
            await SayAsync(will).ConfigureAwait(false);
        }
    }

    /// <summary>[MQTT-3.1.2-8]: hands the will to the ingest and to subscribers, by the rights that its client has now. Its record goes when it is safe.</summary>
    public async ValueTask SayAsync(DelayedWill will)
    {
        var batch = endpoint.Batches.Rent();
        batch.Add(will.Testament.Message.ToPublish());
        await endpoint.Budget.ReserveAsync(batch.Count, batch.Bytes, CancellationToken.None).ConfigureAwait(false);
        Task handedOver;
        try
        {
            if (await SpeakerAsync(will).ConfigureAwait(false) is not { } speaker)
            {
                End(batch);
                Discard(will.Testament);
                return;
            }

            handedOver = HandOver(will, speaker, batch);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest: the session must end properly all the same.
            handedOver = Task.FromException(failure);
        }

        _ = FinishAsync(will, batch, handedOver);
    }

    /// <summary>Who may say it; null when nobody may, which the ingest has noted.</summary>
    private async ValueTask<IIngestSession?> SpeakerAsync(DelayedWill will)
    {
        if (will.Ingest is not null)
        {
            return will.Ingest;
        }

        using var timeout = new CancellationTokenSource(endpoint.Options.ConnectTimeout, endpoint.Time);
        var decision = await endpoint.Ingest.ReturnAsync(will.Testament.Client, timeout.Token).ConfigureAwait(false);
        if (decision.Session is null)
        {
            endpoint.Counters.PublishRefused(decision.Reason);
            MqttLog.WillRefused(endpoint.Logger, will.Testament.Client.ClientId, decision.Reason, decision.Explanation ?? string.Empty);
        }

        return decision.Session;
    }

    private Task HandOver(DelayedWill will, IIngestSession speaker, InboundBatch batch)
    {
        try
        {
            if (batch.Publishes[0].Topic.Span[0] == (byte)'$')
            {
                batch.Reasons.Span[0] = ReasonCode.NotAuthorized; // The server's own topics (section 4.7.2), whatever the ingest permits.
                return Task.CompletedTask;
            }

            endpoint.Counters.Received(batch.Count, batch.Bytes);
            var durable = speaker.Accept(batch.Publishes, batch.Reasons);
            endpoint.Router.Route(batch, will.Session?.Mailbox);
            batch.ForgetBytes();
            return durable.AsTask();
        }
        finally
        {
            speaker.Closed();
        }
    }

    private async Task FinishAsync(DelayedWill will, InboundBatch batch, Task handedOver)
    {
        try
        {
            await handedOver.ConfigureAwait(false);
            if (!batch.Pending.IsEmpty)
            {
                await batch.Pending.CommitAsync(endpoint.Store!).ConfigureAwait(false);
            }

            if (batch.Reasons.Span[0] is >= ReasonCode.UnspecifiedError and var reason)
            {
                endpoint.Counters.PublishRefused(reason);
            }

            Discard(will.Testament);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest and the store: nothing was said for certain, so it is said again.
            batch.Pending.Drop();
            Keep(will, failure);
        }

        End(batch);
    }

    private void End(InboundBatch batch)
    {
        endpoint.Budget.Release(batch.Count, batch.Bytes);
        endpoint.Batches.Return(batch);
    }

    /// <summary>It waits for another attempt, or for the next run. Bounded by what wills may weigh.</summary>
    private void Keep(DelayedWill will, Exception failure)
    {
        MqttLog.WillFailed(endpoint.Logger, failure, will.Testament.Client.ClientId);
        var nowMs = endpoint.NowMs;
        if (nowMs >= will.GiveUpMs)
        {
            Discard(will.Testament);
            return;
        }

        var again = will with { Session = null, Ingest = null, DueMs = nowMs + (long)s_retry.TotalMilliseconds };
        lock (_lock)
        {
            _unsaid.Add(again);
        }

        endpoint.Later?.Add(endpoint.Records!.Keep(again));
    }
}
