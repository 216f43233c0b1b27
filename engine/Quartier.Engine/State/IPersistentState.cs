using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State that a grain asks for in its constructor with <see cref="PersistentStateAttribute"/>; read before activation.</summary>
public interface IPersistentState<TState> : IStorage<TState>
{
}
