using System.Reflection;
using Orleans.Runtime;

namespace Quartier.Engine.Timers;

/// <summary>One firing of a grain timer; queued like a call, dropped when the activation has ended.</summary>
internal sealed class TimerTick(GrainTimer timer, CallOptions options) : GrainCall<NoResult>(timer.Activation.Kind.OwnReference(timer.Activation.Key), options)
{
    internal override bool IsBoundToActivation => true;

    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override string GetMethodName() => nameof(GrainTimer.Tick);

    public override MethodInfo GetMethod() => typeof(GrainTimer).GetMethod(nameof(GrainTimer.Tick))!;

    public override Type GetInterfaceType() => typeof(IGrainTimer);

    internal override void AnswerWith(Task outcome)
    {
        if (outcome.Exception?.InnerException is { } exception)
        {
            EngineLog.TimerFailed(Target.Engine.Log, exception, Target.GrainId.ToString());
        }
    }

    protected override Task Invoke(object grain) => timer.Tick();
}
