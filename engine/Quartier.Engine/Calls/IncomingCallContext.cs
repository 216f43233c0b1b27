using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine;

/// <summary>A call on its way through the filters to its grain.</summary>
internal sealed class IncomingCallContext(Activation activation, GrainCall call, IIncomingGrainCallFilter[] filters)
    : CallContext(call), IIncomingGrainCallContext
{
    private int _next;

    public override object Grain => activation.GrainInstance!;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    /// <summary>Runs filters and grain; what the filters leave as result is what the caller gets.</summary>
    public Task Run() => Call.Filtered(this);

    public override async Task Invoke()
    {
        var index = _next++;
        if (index < filters.Length)
        {
            await filters[index].Invoke(this).ConfigureAwait(true);
            return;
        }

        var running = Call.InvokeOn(Grain);
        await running.ConfigureAwait(true);
        Result = Call.ResultOf(running);
    }
}
