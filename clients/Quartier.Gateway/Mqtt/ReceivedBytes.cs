namespace Quartier.Gateway.Mqtt;

/// <summary>Takes whole packets from the start of what was received.</summary>
/// <returns>Bytes taken.</returns>
internal delegate int ReceivedBytes(ReadOnlySpan<byte> received);
