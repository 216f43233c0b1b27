using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A denial with its words turned to numbers.</summary>
/// <param name="Definition">As the policy has it.</param>
/// <param name="Principals">Numbers of its principals.</param>
/// <param name="Purposes">Numbers of its purposes; empty for all.</param>
internal sealed record CompiledDenial(DenyDefinition Definition, int[] Principals, int[] Purposes)
{
    public bool Covers(int purpose) => Definition.Purposes.IsEmpty || Array.IndexOf(Purposes, purpose) >= 0;
}
