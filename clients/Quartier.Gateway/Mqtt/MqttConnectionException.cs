namespace Quartier.Gateway.Mqtt;

/// <summary>The server cannot be reached, refuses the client, or breaks the protocol.</summary>
public sealed class MqttConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong and the remedy.</param>
    /// <param name="isFinal">True when another attempt would have the same answer.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public MqttConnectionException(string message, bool isFinal = false, Exception? inner = null)
        : base(message, inner) => IsFinal = isFinal;

    /// <summary>True when another attempt would have the same answer, for example a refused identity.</summary>
    public bool IsFinal { get; }
}
