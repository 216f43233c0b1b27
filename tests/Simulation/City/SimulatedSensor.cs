namespace Quartier.Simulation.City;

/// <summary>A sensor of the simulated city.</summary>
/// <param name="Gateway">Its gateway.</param>
/// <param name="Id">Its id.</param>
/// <param name="District">Its district.</param>
/// <param name="EveryTicks">How many ticks pass between two messages.</param>
/// <param name="Properties">What each message carries.</param>
internal sealed record SimulatedSensor(string Gateway, string Id, string District, int EveryTicks, string[] Properties)
{
    /// <summary>As the books name it.</summary>
    public string Name => $"{Gateway}/{Id}";
}
