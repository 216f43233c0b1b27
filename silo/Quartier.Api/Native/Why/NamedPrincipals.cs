using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Why;

/// <summary>Finds the principal that a question is about.</summary>
internal sealed class NamedPrincipals(IAccountStore accounts, IRegistry registry)
{
    private static readonly Role[] Curious = [Role.Administrator, Role.Approver, Role.DataProtectionOfficer];

    /// <summary>Whether the caller may ask about others, and see what others are granted.</summary>
    public static bool MayAskAboutOthers(Caller caller, string city) =>
        caller.Principal.Kind == PrincipalKind.Person
        && (caller.Principal.City is null || caller.Principal.City == city)
        && Curious.Any(caller.Principal.Has);

    /// <summary>The principal as policies name it, or a problem.</summary>
    /// <param name="caller">Who asks; meant when nobody is named.</param>
    /// <param name="city">Id of the city.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name"><c>public</c>, <c>person:ID</c>, <c>office:ID</c>, <c>role:WORD</c>, <c>contract:ID</c>; null for the caller.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Outcome<Principal>> FindAsync(
        Caller caller, string city, QueryParameter parameter, string? name, CancellationToken cancellationToken)
    {
        if (name is null || name == caller.Principal.Reference)
        {
            return caller.Principal;
        }

        if (name == Principal.Public.Reference)
        {
            return Principal.Public;
        }

        if (!MayAskAboutOthers(caller, city))
        {
            return Problems.Forbidden(
                $"You may ask about yourself ({caller.Principal.Reference}) and about 'public'. About others only administrators, approvers and the "
                + "data-protection officer may ask.");
        }

        return name.Split(':') is [var kind, var id] && PrincipalNames.IsId(id)
            ? await FindAsync(kind, id, city, parameter, cancellationToken).ConfigureAwait(false)
            : Unknown(parameter, name);
    }

    private async Task<Outcome<Principal>> FindAsync(
        string kind, string id, string city, QueryParameter parameter, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case "person":
                var person = await accounts.FindPersonAsync(id, cancellationToken).ConfigureAwait(false);
                return person is { Enabled: true } && (person.City is null || person.City == city)
                    ? person.AsPrincipal(long.MaxValue)
                    : Problems.Unknown("person with an account here", id, [], "'quartier person list' shows them.");
            case "contract":
                return new Principal(PrincipalKind.System, id, id, [], [], id, long.MaxValue, city);
            case "office" when registry.Find(city)?.City.Offices is { } offices && offices.All(o => !string.Equals(o.Id, id, StringComparison.Ordinal)):
                return Problems.Unknown("office", id, offices.Select(o => o.Id), $"GET /api/cities/{city} lists those of the city.");
            case "office":
                return new Principal(PrincipalKind.Person, "somebody", "somebody", [id], [], null, long.MaxValue, city);
            case "role" when Words<Role>.All.Contains(id, StringComparer.Ordinal):
                return new Principal(PrincipalKind.Person, "somebody", "somebody", [], [Words<Role>.Parse(id)], null, long.MaxValue, city);
            default:
                return Unknown(parameter, $"{kind}:{id}");
        }
    }

    private static ApiProblem Unknown(QueryParameter parameter, string name) => Problems.BadParameter(
        parameter.Name,
        name,
        $"expected is public, person:ID, office:ID, contract:ID, or role: with one of {string.Join(", ", Words<Role>.All)}.");
}
