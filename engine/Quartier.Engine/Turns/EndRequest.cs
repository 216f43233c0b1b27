using Orleans;

namespace Quartier.Engine.Turns;

/// <summary>Asks an activation to end.</summary>
internal sealed class EndRequest(DeactivationReason reason) : WorkItem
{
    internal override void RunTurn(Activation activation) => activation.RequestEnd(reason);
}
