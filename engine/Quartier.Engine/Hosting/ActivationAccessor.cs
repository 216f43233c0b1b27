using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Hosting;

/// <summary>Finds the activation whose turn it is.</summary>
internal sealed class ActivationAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
