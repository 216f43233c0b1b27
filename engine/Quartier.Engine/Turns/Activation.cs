using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Turns;

internal abstract class Activation : SynchronizationContext, IGrainContext
{
    public abstract GrainReference GrainReference { get; }

    public abstract GrainId GrainId { get; }

    public abstract object? GrainInstance { get; }

    public abstract IServiceProvider ActivationServices { get; }

    public abstract Task Deactivated { get; }

    public abstract void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    public abstract bool Equals(IGrainContext? other);

    public abstract void DelayDeactivation(TimeSpan timeSpan);

    public abstract void EnterReentrantSection(Guid id);

    public abstract void LeaveReentrantSection(Guid id);
}
