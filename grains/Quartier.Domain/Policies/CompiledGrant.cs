using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A grant with its words turned to numbers, and the decision that it leads to when nothing of the request shows in it.</summary>
/// <param name="Definition">As the policy has it.</param>
/// <param name="Principals">Numbers of its principals.</param>
/// <param name="Purpose">Number of its purpose.</param>
/// <param name="Permit">The decision when neither the principal's credential nor a contract ends before the grant.</param>
internal sealed record CompiledGrant(GrantDefinition Definition, int[] Principals, int Purpose, ReadDecision Permit)
{
    /// <summary>Finest first, then by id: the first that permits is the one that decides, whatever the order in the file.</summary>
    public static int Compare(CompiledGrant a, CompiledGrant b) =>
        a.Definition.Floor != b.Definition.Floor
            ? a.Definition.Floor.CompareTo(b.Definition.Floor)
            : string.CompareOrdinal(a.Definition.Id, b.Definition.Id);

    /// <summary>Why the grant does not permit the request, its principal and purpose being right; <see cref="DenialReason.None"/> when it does.</summary>
    public DenialReason Judge(bool insideArea, long nowMs, Resolution resolution, ReadScope scope)
    {
        if (!insideArea)
        {
            return DenialReason.OutsideArea;
        }

        if (Definition.UntilMs <= nowMs)
        {
            return DenialReason.GrantExpired;
        }

        if (scope < Definition.Scope)
        {
            return DenialReason.CellsOnly;
        }

        return resolution < Definition.Floor ? DenialReason.TooFine : DenialReason.None;
    }

    /// <summary>How far a request came with the grant; the reason of the one with which it came furthest is given.</summary>
    public static int Progress(DenialReason reason) => reason switch
    {
        DenialReason.OutsideArea => 1,
        DenialReason.GrantExpired => 2,
        DenialReason.CellsOnly => 3,
        DenialReason.TooFine => 4,
        _ => 5,
    };
}
