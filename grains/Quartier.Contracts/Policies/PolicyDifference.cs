using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Policies;

/// <summary>What a document would change if it were in force now, over all districts that it concerns.</summary>
/// <param name="District">Id of the district whose document it is; null for the city's own.</param>
/// <param name="Problems">What is wrong with it; the rest is empty then.</param>
/// <param name="Access">Who gains or loses what; at most 1,000.</param>
/// <param name="MoreAccess">How many changes of access are not listed.</param>
/// <param name="Retention">Which stored readings would expire earlier; at most 1,000.</param>
/// <param name="MoreRetention">How many changes of retention are not listed.</param>
/// <param name="NewDenials">Denials that are added or say something else, as <c>district/id</c>.</param>
/// <param name="EndedDenials">Denials that end or say something else, as <c>district/id</c>.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyDifference")]
public sealed record PolicyDifference(
    [property: Id(0)] string? District,
    [property: Id(1)] ImmutableArray<RegistryProblem> Problems,
    [property: Id(2)] ImmutableArray<PolicyAccessChange> Access,
    [property: Id(3)] int MoreAccess,
    [property: Id(4)] ImmutableArray<PolicyRetentionChange> Retention,
    [property: Id(5)] int MoreRetention,
    [property: Id(6)] ImmutableArray<string> NewDenials,
    [property: Id(7)] ImmutableArray<string> EndedDenials)
{
    /// <summary>Nothing changes.</summary>
    public static PolicyDifference None { get; } = new(null, [], [], 0, [], 0, [], []);
}
