using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// The end of a connection whose client sent too much: it has as many acknowledgements to read before it finds out, and answers PUBRECs meanwhile. A reset
/// would take the reason away from it. So what comes is thrown away until it closes, or <see cref="MqttOptions.CloseTimeout"/> has passed.
/// </summary>
internal static class Draining
{
    /// <summary>Reads to the end.</summary>
    /// <param name="context">The connection, which is being closed.</param>
    /// <param name="unread">What was read last and not given back.</param>
    public static async Task RunAsync(ConnectionContext context, ReadOnlySequence<byte> unread)
    {
        var input = context.Transport.Input;
        input.AdvanceTo(unread.End);
        try
        {
            ReadResult read;
            do
            {
                read = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
        }
        catch (Exception lost) when (lost is ConnectionAbortedException or ConnectionResetException or IOException)
        {
            context.Abort(); // It has closed, or its time was over.
        }
    }
}
