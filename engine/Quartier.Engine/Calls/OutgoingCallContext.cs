using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine;

/// <summary>A call on its way through the filters of its caller.</summary>
internal sealed class OutgoingCallContext(GrainCall call, IOutgoingGrainCallFilter[] filters) : CallContext(call), IOutgoingGrainCallContext
{
    private int _next;

    public override object Grain => Call.Target;

    public IGrainContext? SourceContext => Call.Source;

    public async Task<TResult> Run<TResult>()
    {
        await Invoke().ConfigureAwait(true);
        return Result is TResult result ? result : default!;
    }

    public override async Task Invoke()
    {
        var index = _next++;
        if (index < filters.Length)
        {
            await filters[index].Invoke(this).ConfigureAwait(true);
            return;
        }

        // What the filters put into the request context travels with the call.
        Call.TakeFlow();
        var running = Call.Target.CallDirectly(Call);
        await running.ConfigureAwait(true);
        Result = Call.ResultOf(running);
    }
}
