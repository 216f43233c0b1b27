using System.Reflection;

namespace Quartier.Engine;

/// <summary>A call that began at once on its caller's thread and then had to wait for something.</summary>
internal sealed class AdoptedCall<TResult>(EmbeddedGrainReference target, CallOptions options, long timeoutTicks) : GrainCall<TResult>(target, options)
{
    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override string GetMethodName() => "a call";

    public override MethodInfo GetMethod() => throw new InvalidOperationException("A call that has begun is not seen by filters.");

    public override Type GetInterfaceType() => Target.Binding.Interface;

    public override TimeSpan? GetDefaultResponseTimeout() => timeoutTicks == 0 ? null : new TimeSpan(timeoutTicks);

    protected override Task Invoke(object grain) => throw new InvalidOperationException("The call has begun already.");
}
