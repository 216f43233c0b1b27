using Microsoft.AspNetCore.Http.Extensions;
using Quartier.Api.Http;

namespace Quartier.Api.Native;

/// <summary>Names the next page of an answer that is a plain array (RFC 8288, relation <c>next</c>).</summary>
internal static class NextLink
{
    public static void Set(HttpContext context, string? after) => Set(context, Parameters.AfterKey, after);

    /// <summary>The same where another parameter says where the next page begins.</summary>
    public static void Set(HttpContext context, QueryParameter parameter, string? value)
    {
        if (value is null)
        {
            return;
        }

        var others = context.Request.Query.Where(p => p.Key != parameter.Name);
        var query = new QueryBuilder(others) { { parameter.Name, value } };
        context.Response.Headers.Link = $"<{context.Request.Path}{query.ToQueryString()}>; rel=\"next\"";
    }
}
