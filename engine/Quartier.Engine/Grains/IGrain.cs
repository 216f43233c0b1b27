using Orleans.Runtime;

namespace Orleans;

/// <summary>A virtual actor.</summary>
public interface IGrain : IAddressable
{
}
