using System.Collections.Frozen;
using System.Collections.Immutable;
using Quartier.Contracts.Principals;

namespace Quartier.Domain.Principals;

/// <summary>Which role may do what. The one table: routes, commands and pages ask it.</summary>
public static class Rights
{
    private static readonly FrozenDictionary<Right, ImmutableArray<Role>> Table = new Dictionary<Right, ImmutableArray<Role>>
    {
        [Right.ApplyRegistry] = [Role.Administrator],
        [Right.ChangeAccounts] = [Role.Administrator],
        [Right.ProposePolicy] = [Role.Administrator],
        [Right.ApprovePolicy] = [Role.Approver],
        [Right.SeePolicies] = [Role.Administrator, Role.Operator, Role.Approver, Role.DataProtectionOfficer],
        [Right.AcknowledgeAlerts] = [Role.Operator],
        [Right.SeeBooks] = [Role.Administrator, Role.Operator, Role.DataProtectionOfficer],
        [Right.SeeLedger] = [Role.DataProtectionOfficer],
        [Right.ResolvePseudonyms] = [Role.DataProtectionOfficer],
        [Right.RunRetention] = [Role.Administrator, Role.DataProtectionOfficer],
        [Right.BackUp] = [Role.Administrator],
        [Right.SeeRecords] = [Role.Administrator, Role.Approver, Role.DataProtectionOfficer],
        [Right.ApproveRecords] = [Role.DataProtectionOfficer],
        [Right.SeeContracts] = [Role.Administrator, Role.DataProtectionOfficer],
        [Right.ChangeGateways] = [Role.Administrator],
        [Right.SeePosture] = [Role.Administrator, Role.DataProtectionOfficer],
    }.ToFrozenDictionary();

    /// <summary>The roles that have the right; one of them is enough.</summary>
    public static ImmutableArray<Role> Roles(Right right) => Table[right];

    /// <summary>Whether the principal may.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="right">What.</param>
    /// <param name="city">In which city; null for what concerns all cities, which a principal of one city may not.</param>
    public static bool Allows(Principal principal, Right right, string? city) =>
        principal.Kind == PrincipalKind.Person
        && (principal.City is null || principal.City == city)
        && HasOneOf(principal, Table[right]);

    private static bool HasOneOf(Principal principal, ImmutableArray<Role> roles)
    {
        foreach (var role in roles)
        {
            if (principal.Has(role))
            {
                return true;
            }
        }

        return false;
    }
}
