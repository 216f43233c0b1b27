namespace Quartier.Contracts.Registry;

/// <summary>What counts as "now" when silence is judged.</summary>
public enum CityClock : byte
{
    /// <summary>The silo's clock: sensors report what is happening now.</summary>
    Wall = 0,

    /// <summary>The greatest phenomenon time seen in the district: recorded data are being replayed.</summary>
    Replay = 1,
}
