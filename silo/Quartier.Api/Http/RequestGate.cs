namespace Quartier.Api.Http;

/// <summary>Lets a request of the native API pass when its query is understood to the last parameter and its caller is known.</summary>
internal sealed class RequestGate : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var problem = Refuse(http);
        if (problem is null && Caller.Read(http.Request).TryGet(out var caller, out problem))
        {
            http.Features.Set(caller);
            return next(context);
        }

        return ValueTask.FromResult<object?>(problem);
    }

    private static ApiProblem? Refuse(HttpContext http)
    {
        if (http.Request.Query.Count == 0)
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
