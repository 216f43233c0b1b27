using Orleans;

namespace Quartier.Benchmarks.Engine;

/// <summary>Counts its calls.</summary>
public sealed class CounterGrain : Grain, ICounterGrain
{
    private long _count;

    /// <inheritdoc/>
    public Task<int> Add(int amount)
    {
        _count += amount;
        return Task.FromResult((int)_count);
    }

    /// <inheritdoc/>
    public Task Tell(int amount)
    {
        _count += amount;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<long> Read() => Task.FromResult(_count);
}
