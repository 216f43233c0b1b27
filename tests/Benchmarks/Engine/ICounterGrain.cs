using Orleans;
using Orleans.Concurrency;

namespace Quartier.Benchmarks.Engine;

/// <summary>Counts its calls. Key: any string.</summary>
[Alias("bench.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Counts one and says how many there were.</summary>
    [Alias("Add")]
    Task<int> Add(int amount);

    /// <summary>Counts one; the caller does not wait.</summary>
    [Alias("Tell"), OneWay]
    Task Tell(int amount);

    /// <summary>How many there were.</summary>
    [Alias("Read"), ReadOnly]
    Task<long> Read();
}
