using Microsoft.AspNetCore.Http.Extensions;

namespace Quartier.Api.Native;

/// <summary>Names the next page of an answer that is a plain array (RFC 8288, relation <c>next</c>).</summary>
internal static class NextLink
{
    public static void Set(HttpContext context, string? after)
    {
        if (after is null)
        {
            return;
        }

        var others = context.Request.Query.Where(p => p.Key != Parameters.AfterKey.Name);
        var query = new QueryBuilder(others) { { Parameters.AfterKey.Name, after } };
        context.Response.Headers.Link = $"<{context.Request.Path}{query.ToQueryString()}>; rel=\"next\"";
    }
}
