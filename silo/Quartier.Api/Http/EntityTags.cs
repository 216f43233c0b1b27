using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Quartier.Api.Http;

/// <summary>Entity tags of what changes with the registry's version only (RFC 9110, 8.8.3).</summary>
internal static class EntityTags
{
    /// <summary>Sets the answer's tag; true when the caller has it already.</summary>
    public static bool Matches(HttpContext context, long version)
    {
        // Weak, because the same version is sent in several codings.
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"v{version}\""), isWeak: true);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        var sent = context.Request.GetTypedHeaders().IfNoneMatch;
        return sent.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false));
    }
}
