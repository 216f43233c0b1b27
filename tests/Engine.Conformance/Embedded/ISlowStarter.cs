using Orleans;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>Takes nine minutes of the engine's clock to become active.</summary>
public interface ISlowStarter : IGrainWithStringKey
{
    [ResponseTimeout("00:20:00")]
    Task<int> Greet();
}
