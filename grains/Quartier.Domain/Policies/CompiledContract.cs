using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A contract with its words turned to numbers.</summary>
/// <param name="Definition">As the policy has it.</param>
/// <param name="Purposes">Numbers of its purposes.</param>
internal sealed record CompiledContract(ContractDefinition Definition, int[] Purposes)
{
    public bool Holds(string stream) => Definition.Streams.Contains(stream);

    public bool HoldsPurpose(int purpose) => Array.IndexOf(Purposes, purpose) >= 0;
}
