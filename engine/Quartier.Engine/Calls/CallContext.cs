using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Quartier.Engine;

/// <summary>What incoming and outgoing filters see alike.</summary>
internal abstract class CallContext(GrainCall call) : IGrainCallContext
{
    private MethodInfo? _method;

    public IInvokable Request => call;

    public abstract object Grain { get; }

    public GrainId? SourceId => call.Source?.GrainId;

    public GrainId TargetId => call.Target.GrainId;

    public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

    public string InterfaceName => call.Target.InterfaceName;

    public string MethodName => call.GetMethodName();

    public MethodInfo InterfaceMethod => _method ??= call.GetMethod();

    public object? Result { get; set; }

    protected GrainCall Call => call;

    public abstract Task Invoke();
}
