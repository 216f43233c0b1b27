using Quartier.Api.Accounts;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Questions;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Http;

/// <summary>Lets a request of the native API pass when its query is understood to the last parameter and its caller is known.</summary>
internal sealed class RequestGate(Authentication authentication, AccountPace pace) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Refuse(http) is { } refusal)
        {
            return refusal;
        }

        if (http.GetEndpoint()!.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            return await next(context).ConfigureAwait(false);
        }

        if (!(await Caller.ReadAsync(http, authentication).ConfigureAwait(false)).TryGet(out var caller, out var problem)
            || (problem = RefuseElsewhere(http, caller.Principal)) is not null)
        {
            return problem;
        }

        http.Features.Set(caller);
        if (pace.Refuse(http, caller) is { } tooMany)
        {
            return tooMany;
        }

        var answer = await next(context).ConfigureAwait(false);
        pace.Note(http, caller, answer);
        return answer;
    }

    /// <summary>Ids of contracts and offices mean something in their own city only.</summary>
    private static ApiProblem? RefuseElsewhere(HttpContext http, Principal principal) =>
        principal.City is { } own && http.Request.RouteValues["city"] is string city && city != own
            ? Problems.Forbidden($"{principal.Reference} counts in {own} alone, not in {Problems.Quote(city)}. Ask without a credential, or with 'as=public'.")
            : null;

    private static ApiProblem? Refuse(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint()!.Metadata.GetMetadata<OpenQuery>() is not null)
        {
            return null;
        }

        var known = http.GetEndpoint()!.Metadata.GetOrderedMetadata<QueryParameter>();
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.Any(p => p.Name == name))
            {
                return Problems.BadParameter(
                    name, values.ToString(), $"this route takes no such parameter. It takes {string.Join(", ", known.Select(p => p.Name))}.");
            }

            if (values.Count > 1)
            {
                return Problems.BadParameter(name, values.ToString(), "it is given more than once. Give it once.");
            }
        }

        return null;
    }
}
