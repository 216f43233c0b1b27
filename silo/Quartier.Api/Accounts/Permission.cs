using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Asks the table of rights on behalf of a route.</summary>
internal static class Permission
{
    /// <summary>Null when the caller may; otherwise 401 for somebody without an account, 403 for everybody else, with the remedy.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="right">For what.</param>
    /// <param name="city">In which city; null for what concerns all cities.</param>
    public static ApiProblem? Refuse(Caller caller, Right right, string? city)
    {
        if (Rights.Allows(caller.Principal, right, city))
        {
            return null;
        }

        var roles = string.Join(" or ", Rights.Roles(right).Select(Words<Role>.Of));
        if (caller.Principal.Kind == PrincipalKind.Public)
        {
            return caller.Credential is null
                ? Problems.SignIn($"This needs a person with the role {roles}. Sign in, or send an API key as 'Authorization: Bearer qk_…'.")
                : Problems.Forbidden($"The public may not do this; it needs the role {roles}. Leave out 'as=public'.");
        }

        var place = caller.Principal.City is { } own && own != city ? $" in {own} alone" : string.Empty;
        var has = caller.Principal.Roles.IsEmpty ? "no role" : string.Join(", ", caller.Principal.Roles.Select(Words<Role>.Of));
        return Problems.Forbidden(
            $"This needs the role {roles}{(city is null ? " in all cities" : $" in {city}")}; {caller.Principal.Reference} has {has}{place}. Ask an administrator ('quartier person change').");
    }
}
