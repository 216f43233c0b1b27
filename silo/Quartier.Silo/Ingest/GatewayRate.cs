namespace Quartier.Silo.Ingest;

/// <summary>What a gateway may send in the long run; ten seconds' worth may come at once, so that what waited during an outage is not held back twice.</summary>
/// <param name="MessagesPerSecond">Messages a second; 0 for no limit.</param>
/// <param name="BytesPerSecond">Bytes a second; 0 for no limit.</param>
internal sealed record GatewayRate(int MessagesPerSecond, int BytesPerSecond)
{
    /// <summary>A radio network's gateway that speaks for 100,000 sensors, each every ten seconds.</summary>
    public const int UsualMessages = 10_000;

    /// <summary>The same with payloads of 200 bytes.</summary>
    public const int UsualBytes = 2 * 1024 * 1024;

    /// <summary>For how long what was not used is kept.</summary>
    public const int BurstSeconds = 10;
}
