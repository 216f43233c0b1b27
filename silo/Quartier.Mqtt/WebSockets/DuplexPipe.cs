using System.IO.Pipelines;

namespace Quartier.Mqtt.WebSockets;

/// <summary>What the endpoint reads from and writes to.</summary>
internal sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
