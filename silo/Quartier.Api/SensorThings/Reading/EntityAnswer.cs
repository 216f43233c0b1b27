using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>An answer that is complete: it has a tag made of what it holds, and nothing of what was left out of it.</summary>
/// <param name="body">The answer.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="version">Of a single entity, which changes are bound to (If-Match); 0 for others.</param>
internal sealed class EntityAnswer(ReadOnlyMemory<byte> body, string contentType, long version = 0) : IResult
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Bytes of the digest in the tag: no two of a city's answers will ever share 96 bits.</summary>
    private const int DigestBytes = 12;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var digest = Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, DigestBytes));
        var text = version > 0 ? string.Create(CultureInfo.InvariantCulture, $"\"{version}.{digest}\"") : $"\"{digest}\"";

        // Weak, because the same answer is sent in several codings.
        var tag = new EntityTagHeaderValue(text, isWeak: true);
        response.GetTypedHeaders().ETag = tag;
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-cache";
        }

        var known = httpContext.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
