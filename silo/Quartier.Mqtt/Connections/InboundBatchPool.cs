namespace Quartier.Mqtt.Connections;

/// <summary>Batches to use again. Saves 2 KB a read; holds as many as a full group commit of 1,000 connections needs.</summary>
internal sealed class InboundBatchPool
{
    private const int MaxPooled = 1024;

    private readonly Lock _lock = new();
    private readonly Stack<InboundBatch> _batches = new();

    public InboundBatch Rent()
    {
        lock (_lock)
        {
            if (_batches.TryPop(out var batch))
            {
                return batch;
            }
        }

        return new InboundBatch();
    }

    public void Return(InboundBatch batch)
    {
        batch.Reset();
        lock (_lock)
        {
            if (_batches.Count < MaxPooled)
            {
                _batches.Push(batch);
            }
        }
    }
}
