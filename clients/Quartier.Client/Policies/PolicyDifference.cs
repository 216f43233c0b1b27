namespace Quartier.Client.Policies;

/// <summary>What a document would change if it were in force now.</summary>
/// <param name="District">Id of the district; null for the city's own document.</param>
/// <param name="Access">Who gains or loses what.</param>
/// <param name="MoreAccess">How many changes of access are not listed.</param>
/// <param name="Retention">What expires earlier.</param>
/// <param name="MoreRetention">How many changes of retention are not listed.</param>
/// <param name="NewDenials">Denials that are added, as <c>district/id</c>.</param>
/// <param name="EndedDenials">Denials that end, as <c>district/id</c>.</param>
public sealed record PolicyDifference(
    string? District,
    IReadOnlyList<PolicyAccessChange> Access,
    int MoreAccess,
    IReadOnlyList<PolicyRetentionChange> Retention,
    int MoreRetention,
    IReadOnlyList<string> NewDenials,
    IReadOnlyList<string> EndedDenials);
