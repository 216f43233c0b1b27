using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A stream entry with the grants and denials that name it.</summary>
/// <param name="Definition">As the policy has it.</param>
/// <param name="Purposes">Numbers of its purposes.</param>
/// <param name="Grants">Those that name it, finest first, then by id.</param>
/// <param name="Denials">Those that name it or all streams, by id.</param>
internal sealed record CompiledStream(StreamPolicy Definition, int[] Purposes, CompiledGrant[] Grants, CompiledDenial[] Denials)
{
    public bool IsFor(int purpose) => Array.IndexOf(Purposes, purpose) >= 0;
}
