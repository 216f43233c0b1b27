using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>An acknowledgement that waits for its batch.</summary>
/// <param name="PacketId">Of the publication.</param>
/// <param name="Type">PUBACK or PUBREC.</param>
/// <param name="Index">Of the message in the batch; -1 when it was not handed over.</param>
/// <param name="Reason">What to answer when it was not handed over.</param>
internal readonly record struct Acknowledgement(ushort PacketId, PacketType Type, int Index, ReasonCode Reason)
{
    /// <summary>What to answer, given the reasons of the batch.</summary>
    public ReasonCode ReasonIn(ReadOnlySpan<ReasonCode> reasons) => Index < 0 ? Reason : reasons[Index];
}
