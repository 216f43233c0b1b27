using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Quartier.Mqtt.Admission;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt.Connections;

/// <summary>From CONNECT to CONNACK (sections 3.1 and 3.2). A refused client gets its answer here.</summary>
internal sealed class Handshake(MqttEndpoint endpoint, ConnectionContext context, ConnectionOutput output, MqttConnection connection)
{
    /// <summary>Decides on the first packet.</summary>
    /// <param name="frame">The first packet of the connection.</param>
    /// <param name="ingestFailed">Called when messages of this client could not be made safe.</param>
    /// <returns>The client and the CONNACK to send; null when it was refused and only closing is left.</returns>
    public async Task<(AcceptedClient Client, byte[] ConnAck)?> PerformAsync(Frame frame, Action<Exception> ingestFailed)
    {
        if (!TryParse(frame, out var connect))
        {
            return null;
        }

        var assigned = connect.ClientId.Length == 0 ? endpoint.AssignClientId() : null;
        var clientId = assigned ?? connect.ClientId;
        var answer = Answer(connect, assigned);
        if ((Objection(connect) ?? Objection(connect, answer)) is { } objection)
        {
            Refuse(connect, objection.Reason, objection.Message, clientId);
            return null;
        }

        var decision = await AdmitAsync(Request(connect, clientId)).ConfigureAwait(false);
        if (decision.Session is not { } session)
        {
            Refuse(connect, decision.Reason, decision.Explanation, clientId);
            return null;
        }

        var terms = new SessionTerms(clientId, session.Owner, connect.Version, connect.CleanStart, Expiry(connect));
        var admission = await AdmitAsync(terms, connect.Will, session).ConfigureAwait(false);
        if (admission.Session is not { } admitted)
        {
            endpoint.Owners.Leave(session.Owner);
            session.Closed();
            Refuse(connect, admission.Reason, admission.Explanation, clientId);
            return null;
        }

        var client = new AcceptedClient(connect, admitted, session, new InboundFlow(endpoint, output, session, admitted, connect, ingestFailed))
        {
            KeepAliveMs = 1000L * (answer.ServerKeepAlive ?? connect.KeepAliveSeconds),
            Lane = endpoint.Lanes.Next(),
            Will = admission.Will,
        };
        return (client, Accept(connect, answer with { SessionPresent = admission.IsPresent }, session));
    }

    /// <summary>What every accepted client of this kind is told.</summary>
    private ConnAckProperties Answer(ConnectPacket connect, string? assigned)
    {
        var expiry = Expiry(connect);
        return new ConnAckProperties(
            (ushort)endpoint.Options.MaxInFlightPerConnection,
            (uint)endpoint.Options.MaxPacketBytes,
            (ushort)endpoint.Options.MaxTopicAliases,
            assigned,
            ServerKeepAlive(connect),
            SessionPresent: false,
            expiry == connect.SessionExpirySeconds ? null : expiry,
            ResponseInformation: null);
    }

    private static byte[] Accept(ConnectPacket connect, ConnAckProperties answer, IIngestSession session)
    {
        var information = connect.WantsResponseInformation ? session.ResponseInformation : null;
        var packet = ServerPackets.Accept(connect.Version, answer with { ResponseInformation = information });
        return packet.Length <= connect.MaximumPacketBytes ? packet : ServerPackets.Accept(connect.Version, answer);
    }

    /// <summary>A client that cannot take its CONNACK cannot be told what it must know [MQTT-3.1.2-24].</summary>
    private static MqttProtocolException? Objection(ConnectPacket connect, ConnAckProperties answer) =>
        ServerPackets.Accept(connect.Version, answer).Length is var bytes && bytes > connect.MaximumPacketBytes
            ? new MqttProtocolException(
                ReasonCode.PacketTooLarge, $"CONNACK has {bytes} bytes, but the client takes at most {connect.MaximumPacketBytes}.")
            : null;

    private uint Expiry(ConnectPacket connect) => connect.Version == ProtocolVersion.V5
        ? endpoint.Sessions.Granted(connect.SessionExpirySeconds)
        : connect.CleanStart ? 0 : endpoint.Sessions.Granted(uint.MaxValue); // 3.1.1 has no way to say how long.

    private async ValueTask<SessionAdmission> AdmitAsync(SessionTerms terms, WillMessage? will, IIngestSession session)
    {
        if (will is null)
        {
            return await AdmitAsync(terms).ConfigureAwait(false);
        }

        if (endpoint.Wills.Take(will, new LostClient(terms.ClientId, terms.Owner, session.Standing), out var testament) is { } refusal)
        {
            return SessionAdmission.Refuse(ReasonCode.QuotaExceeded, refusal);
        }

        var admission = await AdmitAsync(terms with { Will = testament }).ConfigureAwait(false);
        if (admission.Session is null)
        {
            endpoint.Wills.Discard(testament!);
        }

        return admission with { Will = testament };
    }

    private async ValueTask<SessionAdmission> AdmitAsync(SessionTerms terms)
    {
        using var timeout = new CancellationTokenSource(endpoint.Options.ConnectTimeout, endpoint.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.ConnectionClosed);
        try
        {
            return await endpoint.Sessions.AdmitAsync(terms, connection, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return SessionAdmission.Refuse(ReasonCode.ServerUnavailable, "The client's last connection still waits for the store; try again.");
        }
    }

    private ConnectRequest Request(ConnectPacket connect, string clientId)
    {
        var tls = context.Features.Get<ITlsConnectionFeature>();
        return new ConnectRequest(clientId, connect.UserName, connect.Password, context.RemoteEndPoint, connect.Version, connect.Purpose)
        {
            Certificate = tls?.ClientCertificate,
            IsEncrypted = tls is not null,
        };
    }

    /// <summary>
    /// Asks the ingest, unless the address may not even ask. A certificate was proved when TLS began and nobody can guess one, so who has one is not banned for what
    /// others sent from the same address.
    /// </summary>
    private async Task<ConnectDecision> AdmitAsync(ConnectRequest request)
    {
        var admitted = context.Features.Get<AdmittedConnection>();
        if (admitted?.IsTooFast == true)
        {
            return ConnectDecision.Refuse(ReasonCode.ConnectionRateExceeded, "Connections come too fast from this address; wait, and keep connections open.");
        }

        if (request.Certificate is null && admitted?.BannedSeconds() is > 0 and var seconds)
        {
            return ConnectDecision.Refuse(ReasonCode.Banned, $"Too many wrong credentials came from this address. It is banned for {seconds} s more.");
        }

        var decision = await DecideAsync(request).ConfigureAwait(false);
        if (decision.Session is not null)
        {
            return WithinLimitOfOwner(decision, admitted);
        }

        if (decision.Reason == ReasonCode.BadUserNameOrPassword)
        {
            admitted?.NoteBadCredential();
        }

        return decision;
    }

    private ConnectDecision WithinLimitOfOwner(ConnectDecision decision, AdmittedConnection? admitted)
    {
        var owner = decision.Session!.Owner;
        if (endpoint.Owners.TryEnter(owner))
        {
            admitted?.Settle();
            return decision;
        }

        decision.Session.Closed();
        return ConnectDecision.Refuse(
            ReasonCode.QuotaExceeded, $"{owner} has {endpoint.Options.MaxConnectionsPerOwner} connections, which is the limit. Close others first.");
    }

    private bool TryParse(in Frame frame, out ConnectPacket connect)
    {
        ProtocolVersion? version = null;
        try
        {
            ConnectParser.ReadVersion(frame, out version);
            connect = ConnectParser.Parse(frame, endpoint.TopicLimits);
            return true;
        }
        catch (MqttProtocolException violation)
        {
            Refuse(version, violation.Reason, violation.Message, clientId: "unknown", uint.MaxValue);
            connect = null!;
            return false;
        }
    }

    private MqttProtocolException? Objection(ConnectPacket connect)
    {
        var options = endpoint.Options;
        if (connect.HasAuthenticationMethod)
        {
            return new MqttProtocolException(ReasonCode.BadAuthenticationMethod, "Enhanced authentication is not offered [MQTT-4.12.0-1].");
        }

        if (connect is { ClientId.Length: 0, Version: ProtocolVersion.V311, CleanStart: false })
        {
            return new MqttProtocolException(
                ReasonCode.ClientIdentifierNotValid, "A client without identifier must ask for a clean session [MQTT-3.1.3-8 of 3.1.1].");
        }

        var bytes = Encoding.UTF8.GetByteCount(connect.ClientId);
        return bytes > options.MaxClientIdBytes
            ? new MqttProtocolException(
                ReasonCode.ClientIdentifierNotValid, $"The client identifier has {bytes} bytes; at most {options.MaxClientIdBytes} are accepted.")
            : null;
    }

    private async Task<ConnectDecision> DecideAsync(ConnectRequest request)
    {
        using var timeout = new CancellationTokenSource(endpoint.Options.ConnectTimeout, endpoint.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.ConnectionClosed);
        try
        {
            return await endpoint.Ingest.ConnectAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ConnectDecision.Refuse(ReasonCode.ServerUnavailable, "The decision on this client took too long; try again.");
        }
    }

    /// <summary>MQTT 5 clients can be told a keep alive [MQTT-3.2.2-21]; the one of a 3.1.1 client holds as it is.</summary>
    private ushort? ServerKeepAlive(ConnectPacket connect)
    {
        var maximum = (ushort)endpoint.Options.MaxKeepAlive.TotalSeconds;
        var isWithin = connect.KeepAliveSeconds > 0 && connect.KeepAliveSeconds <= maximum;
        return connect.Version == ProtocolVersion.V311 || isWithin ? null : maximum;
    }

    private void Refuse(ConnectPacket connect, ReasonCode reason, string? explanation, string clientId) =>
        Refuse(connect.Version, reason, explanation, clientId, connect.MaximumPacketBytes);

    private void Refuse(ProtocolVersion? version, ReasonCode reason, string? explanation, string clientId, uint maximumBytes)
    {
        endpoint.Counters.ConnectRefused(reason);
        MqttLog.ConnectRefused(endpoint.Logger, clientId, context.RemoteEndPoint, reason, explanation ?? string.Empty);
        if (version is { } known && ServerPackets.Refuse(known, reason, endpoint.Options.SendReasonStrings ? explanation : null, maximumBytes) is { } connAck)
        {
            output.Send(connAck); // [MQTT-3.2.2-7]: CONNACK first, then the connection is closed.
        }
    }
}
