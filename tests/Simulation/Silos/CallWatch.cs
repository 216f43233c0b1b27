using Orleans;
using Quartier.Contracts.Readings;

namespace Quartier.Simulation.Silos;

/// <summary>Knows how many grain calls are under way, and writes down what became of every batch.</summary>
internal sealed class CallWatch(Trace trace) : IIncomingGrainCallFilter
{
    /// <summary>Calls that have begun and not ended.</summary>
    public int Running { get; private set; }

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Running++;
        try
        {
            await context.Invoke();
            if (context.Result is IngestReceipt receipt)
            {
                trace.Add($"{context.TargetId} stored {receipt.Stored} duplicate {receipt.Duplicate} refused {string.Join(' ', receipt.Refused)}");
            }
        }
        finally
        {
            Running--;
        }
    }
}
