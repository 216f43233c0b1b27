namespace Orleans.Core;

/// <summary>A grain's stored state.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; never null, it begins as a new object.</summary>
    TState State { get; set; }
}
