using Orleans;
using Quartier.Engine.Reminders;

namespace Quartier.Engine.Registration;

/// <summary>The engine's own grain interface.</summary>
internal sealed class EngineManifest : GrainManifest
{
    public override void Describe(GrainManifestBuilder builder) =>
        builder.Interface(typeof(IRemindable), "Orleans.IRemindable", static (binding, key) => new RemindableReference(binding, key));
}
