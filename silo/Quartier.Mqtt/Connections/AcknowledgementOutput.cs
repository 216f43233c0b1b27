using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// Writes acknowledgements to one connection, refusals with their reason strings where the client wants them [MQTT-3.1.2-29] and the packet does not become
/// larger than it takes [MQTT-3.4.2-2], [MQTT-3.5.2-2], [MQTT-3.7.2-2].
/// </summary>
internal sealed class AcknowledgementOutput(ConnectionOutput output, IIngestSession session, ConnectPacket connect, bool sendsReasonStrings)
{
    /// <summary>Some socket buffers' worth, so that a long batch does not ask for one long piece of memory.</summary>
    private const int MaxAtOnce = 512;

    private readonly ProtocolVersion _version = connect.Version;
    private readonly uint _maxExplainedBytes =
        sendsReasonStrings && connect is { Version: ProtocolVersion.V5, WantsProblemInformation: true } ? connect.MaximumPacketBytes : 0;

    /// <summary>Writes one acknowledgement; ignored once the output is closed.</summary>
    public void Write_NeedsLock(PacketType type, ushort packetId, ReasonCode reason) =>
        Write_NeedsLock([new Acknowledgement(packetId, type, Index: -1, reason)], []);

    /// <summary>Writes all acknowledgements of a batch; ignored once the output is closed.</summary>
    public void Write_NeedsLock(ReadOnlySpan<Acknowledgement> acknowledgements, ReadOnlySpan<ReasonCode> reasons)
    {
        while (!acknowledgements.IsEmpty && !output.IsClosed)
        {
            var some = acknowledgements[..Math.Min(acknowledgements.Length, MaxAtOnce)];
            var target = output.GetSpan_NeedsLock((some.Length * AcknowledgementWriter.MaxBytes) + ExplanationBytes(some, reasons));
            var written = 0;
            foreach (var acknowledgement in some)
            {
                var reason = acknowledgement.ReasonIn(reasons);
                written += AcknowledgementWriter.Write(
                    target[written..], acknowledgement.Type, acknowledgement.PacketId, reason, _version, Explanation(reason));
            }

            output.Advance_NeedsLock(written);
            acknowledgements = acknowledgements[some.Length..];
        }
    }

    private int ExplanationBytes(ReadOnlySpan<Acknowledgement> acknowledgements, ReadOnlySpan<ReasonCode> reasons)
    {
        var bytes = 0;
        foreach (var acknowledgement in acknowledgements)
        {
            bytes += AcknowledgementWriter.AddedBytes(Explanation(acknowledgement.ReasonIn(reasons)).Length);
        }

        return bytes;
    }

    /// <summary>Empty for none.</summary>
    private ReadOnlySpan<byte> Explanation(ReasonCode reason)
    {
        if (reason < ReasonCode.UnspecifiedError || _maxExplainedBytes == 0)
        {
            return default;
        }

        var text = session.Explanation(reason);
        text = text.IsEmpty ? ReasonTexts.OfPublication(reason) : text;
        return AcknowledgementWriter.MaxBytes + AcknowledgementWriter.AddedBytes(text.Length) <= _maxExplainedBytes ? text : default;
    }
}
