using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>All sessions, by owner and client identifier: nobody can take, or occupy, a session of somebody else. One connection at a time has a session; a newer one takes it over [MQTT-3.1.4-3].</summary>
internal sealed class SessionBook(MqttEndpoint endpoint)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ClientSession> _sessions = new(StringComparer.Ordinal);
    private readonly SessionShares _lasting = new(endpoint.Options.MaxSessions);
    private long _lastNumber;

    /// <summary>What sessions that outlive their connections hold.</summary>
    public QueueBudget Kept { get; } = new(endpoint.Options.MaxQueuedBytes, endpoint.Options.MaxSessionBytes);

    /// <summary>What waits for sessions that end with their connections.</summary>
    public QueueBudget Passing { get; } = new(endpoint.Options.MaxQueuedBytes, endpoint.Options.MaxAllQueuedBytes);

    /// <summary>Sessions that outlive their connections.</summary>
    public int LastingCount => _lasting.Count;

    /// <summary>Gives the client its session, once whoever had it has let go.</summary>
    /// <exception cref="OperationCanceledException">The client has gone, or the other connection takes too long to end.</exception>
    public async ValueTask<SessionAdmission> AdmitAsync(SessionTerms terms, MqttConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            MqttConnection? older;
            ClientSession? ended = null;
            SessionAdmission? admission = null;
            bool mustWait;
            lock (_lock)
            {
                _sessions.TryGetValue(terms.Key, out var known);
                older = known?.Holder;
                mustWait = older is not null && known!.IsLasting;
                if (!mustWait)
                {
                    (admission, ended) = Admit_NeedsLock(known, terms, connection);
                }
            }

            older?.Abort(ReasonCode.SessionTakenOver, "Another connection came with the same client identifier.");
            if (mustWait)
            {
                await older!.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (ended is not null)
            {
                await CloseAsync(ended).ConfigureAwait(false);
            }

            return await StoreAsync(admission!, terms, connection).ConfigureAwait(false);
        }
    }

    /// <summary>The connection has ended: the session waits for another one, or ends too.</summary>
    public async ValueTask LeaveAsync(AcceptedClient client)
    {
        var session = client.Session;
        session.Mailbox?.Detach();
        if (session.ExpirySeconds > 0)
        {
            endpoint.SessionSubscriptions.Expect(session); // While it still has its holder: nobody else ends it meanwhile.
        }

        bool ends;
        lock (_lock)
        {
            ends = session.ExpirySeconds == 0 || session.Mailbox is { HasOverflowed: true };
            session.Holder = null;
            if (ends)
            {
                Remove_NeedsLock(session);
            }
            else
            {
                session.EndsAtMs = endpoint.NowMs + (1000L * session.ExpirySeconds);
            }

            if (client.Will is { } will)
            {
                var waitMs = ends ? 0 : Math.Min(1000L * will.Message.DelaySeconds, session.EndsAtMs - endpoint.NowMs);
                session.Will = endpoint.Wills.Wait(will, session, client.Ingest, waitMs);
            }

            if (!ends)
            {
                KeepEnd_NeedsLock(session);
            }
        }

        if (client.Will is null)
        {
            client.Ingest.Closed();
        }

        if (ends)
        {
            await CloseAsync(session).ConfigureAwait(false);
        }
        else
        {
            await SayDueWillAsync(session, endpoint.NowMs).ConfigureAwait(false);
        }
    }

    /// <summary>The client says in DISCONNECT for how long its session shall live (section 3.14.2.2.2).</summary>
    public void ChangeExpiry(ClientSession session, uint seconds)
    {
        lock (_lock)
        {
            session.ExpirySeconds = Granted(seconds);
        }
    }

    /// <summary>What is granted of what a client asks for.</summary>
    public uint Granted(uint seconds) => Math.Min(seconds, (uint)endpoint.Options.MaxSessionExpiry.TotalSeconds);

    /// <summary>
    /// More came for a session without connection than the limits allow. Called in the middle of a delivery, so the next sweep ends it: the mark is in its mailbox, and
    /// nothing waits anywhere for that.
    /// </summary>
    public void Overflowed(ClientSession session) => MqttLog.SessionOverflowed(endpoint.Logger, session.ClientId);

    /// <summary>Ends what has expired, and publishes the wills that are due. Called periodically.</summary>
    public async Task SweepAsync(long nowMs)
    {
        foreach (var session in Alone())
        {
            if (session.EndsAtMs <= nowMs || session.Mailbox is { HasOverflowed: true })
            {
                await EndIfAloneAsync(session).ConfigureAwait(false);
                continue;
            }

            await SayDueWillAsync(session, nowMs).ConfigureAwait(false);
            session.Mailbox?.Purge(nowMs);
        }
    }

    /// <summary>The endpoint is about to listen, and the ingest is ready: what the last run's sessions wait for may come.</summary>
    public void Start()
    {
        foreach (var session in Alone())
        {
            endpoint.SessionSubscriptions.Expect(session);
        }
    }

    /// <summary>A session from the session store.</summary>
    public void Restore(ClientSession session)
    {
        lock (_lock)
        {
            _lastNumber = Math.Max(_lastNumber, session.Number);
            _sessions[session.Key] = session;
            _lasting.Add(session.Owner);
        }
    }

    private (SessionAdmission Admission, ClientSession? Ended) Admit_NeedsLock(ClientSession? known, SessionTerms terms, MqttConnection connection)
    {
        if (known is { Holder: null, Mailbox: not { HasOverflowed: true } } && !terms.CleanStart && known.EndsAtMs > endpoint.NowMs)
        {
            var discarded = known.Will;
            known.Will = null; // The client has come back in time [MQTT-3.1.3-9].
            known.Holder = connection;
            known.Version = terms.Version;
            known.EndsAtMs = long.MaxValue;
            known.ExpirySeconds = terms.ExpirySeconds;
            return (new SessionAdmission(known, IsPresent: true, ReasonCode.Success, Explanation: null) { Discarded = discarded }, null);
        }

        var isLasting = terms.ExpirySeconds > 0;
        var ended = known is { Holder: null } ? known : null;
        if (isLasting && _lasting.Refusal(terms.Owner, ended is { IsLasting: true } ? 1 : 0) is { } refusal)
        {
            return (SessionAdmission.Refuse(ReasonCode.QuotaExceeded, refusal), null);
        }

        if (ended is not null)
        {
            Remove_NeedsLock(ended);
        }

        var session = new ClientSession(terms.ClientId, terms.Owner, ++_lastNumber, terms.Version, isLasting)
        {
            ExpirySeconds = terms.ExpirySeconds,
            IsStored = isLasting && endpoint.Store is not null,
            Holder = connection,
        };
        _sessions[session.Key] = session;
        if (isLasting)
        {
            _lasting.Add(session.Owner);
        }

        return (new SessionAdmission(session, IsPresent: false, ReasonCode.Success, Explanation: null), ended);
    }

    /// <summary>Under the lock, so that a connection which takes the session up is written after this.</summary>
    private void KeepEnd_NeedsLock(ClientSession session)
    {
        if (session.IsStored)
        {
            var end = endpoint.Records!.Keep(session, session.EndsAtMs);
            endpoint.Later!.Now(session.Will is { } will ? [end, endpoint.Records.Keep(will)] : [end]);
        }
    }

    private List<ClientSession> Alone()
    {
        lock (_lock)
        {
            return [.. _sessions.Values.Where(s => s.Holder is null)];
        }
    }

    private async Task EndIfAloneAsync(ClientSession session)
    {
        lock (_lock)
        {
            if (session.Holder is not null || !_sessions.TryGetValue(session.Key, out var present) || !ReferenceEquals(present, session))
            {
                return;
            }

            Remove_NeedsLock(session);
        }

        await CloseAsync(session).ConfigureAwait(false);
    }

    private void Remove_NeedsLock(ClientSession session)
    {
        if (_sessions.TryGetValue(session.Key, out var present) && ReferenceEquals(present, session))
        {
            _sessions.Remove(session.Key);
        }

        if (session.IsLasting)
        {
            _lasting.Remove(session.Owner);
        }
    }

    private async ValueTask<SessionAdmission> StoreAsync(SessionAdmission admission, SessionTerms terms, MqttConnection connection)
    {
        if (admission.Session is not { } session)
        {
            return admission;
        }

        try
        {
            if (Changes(admission, session, terms) is { } changes)
            {
                await endpoint.Store!.WriteAsync(changes).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // The boundary to the store: a session, or a will, that cannot be kept must not be promised.
            MqttLog.SessionNotStored(endpoint.Logger, failure, session.ClientId);
            Release(session, connection, admission.Discarded);
            return SessionAdmission.Refuse(ReasonCode.ServerUnavailable, "The session cannot be stored at present; try again.");
        }

        if (admission.Discarded is { } discarded)
        {
            discarded.Ingest?.Closed();
            endpoint.Wills.Release(discarded.Testament);
        }

        return admission;
    }

    /// <summary>What must be on the disk before CONNACK, in one write; null for a client without lasting session and will.</summary>
    private List<StoredChange>? Changes(SessionAdmission admission, ClientSession session, SessionTerms terms)
    {
        if (endpoint.Records is not { } records || (!session.IsStored && terms.Will is null))
        {
            return null;
        }

        var changes = new List<StoredChange>();
        if (session.IsStored)
        {
            changes.Add(records.Keep(session, long.MaxValue));
        }

        if (admission.Discarded is { } discarded)
        {
            changes.Add(StoredChange.Remove(SessionRecords.WillKey(discarded.Testament)));
        }

        if (terms.Will is { } will)
        {
            changes.Add(records.Keep(will, session));
        }

        return changes;
    }

    /// <summary>The connection does not use the session after all.</summary>
    private void Release(ClientSession session, MqttConnection connection, DelayedWill? will)
    {
        lock (_lock)
        {
            if (ReferenceEquals(session.Holder, connection))
            {
                session.Holder = null;
                session.EndsAtMs = endpoint.NowMs + (1000L * session.ExpirySeconds);
                session.Will = will;
            }
        }
    }

    /// <summary>A session that is in the book no more ends: its will, its subscriptions, its messages, its records.</summary>
    private async ValueTask CloseAsync(ClientSession session)
    {
        SessionSubscriptions.StopExpecting(session);
        endpoint.SessionSubscriptions.RemoveAll(session);
        var shared = session.Mailbox?.End() ?? [];
        if (shared.Count > 0)
        {
            endpoint.Router.Share(shared);
        }

        if (session.IsStored)
        {
            endpoint.Later!.Now([.. SessionRecords.RemoveAll(session.Number)]);
        }

        await SayDueWillAsync(session, long.MaxValue).ConfigureAwait(false);
    }

    private async ValueTask SayDueWillAsync(ClientSession session, long nowMs)
    {
        DelayedWill? will;
        lock (_lock)
        {
            will = session.Will;
            if (will is null || will.DueMs > nowMs)
            {
                return;
            }

            session.Will = null;
        }

        await endpoint.Wills.SayAsync(will).ConfigureAwait(false);
    }
}
