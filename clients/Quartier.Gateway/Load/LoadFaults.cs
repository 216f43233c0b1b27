namespace Quartier.Gateway.Load;

/// <summary>What goes wrong during a load test; each is a chance per message, 0 … 1.</summary>
public sealed record LoadFaults
{
    /// <summary>The connection is cut without a goodbye.</summary>
    public double Disconnects { get; init; }

    /// <summary>The message is published twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>The message is published only after its sensor's next one.</summary>
    public double Reordering { get; init; }

    /// <summary>Bytes that are no reading are published to the sensor's topic; every eighth time a malformed packet instead, for which the
    /// server must close the connection.</summary>
    public double Garbage { get; init; }
}
