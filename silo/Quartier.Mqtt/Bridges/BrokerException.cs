namespace Quartier.Mqtt.Bridges;

/// <summary>The broker refused, went silent, or closed the connection; the text is for the operator.</summary>
public sealed class BrokerException : Exception
{
    /// <summary>Without a text.</summary>
    public BrokerException()
    {
    }

    /// <summary>With the text for the operator.</summary>
    public BrokerException(string message)
        : base(message)
    {
    }

    /// <summary>With the text and its cause.</summary>
    public BrokerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
