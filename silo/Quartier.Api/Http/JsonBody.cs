using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Quartier.Api.Http;

/// <summary>Reads a request's body as JSON.</summary>
internal static class JsonBody
{
    /// <summary>The value, or the problem: not JSON, too long, or not what is expected.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">What is expected.</param>
    /// <param name="example">For the answer to whoever sent something else.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, string example, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return Problems.MediaType(request.ContentType, "application/json");
        }

        var read = await RequestBody.ReadAsync(request, RequestBody.DefaultMaxBytes, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var body, out var problem) ? Parse(body, type, example) : problem;
    }

    private static Outcome<T> Parse<T>(byte[] body, JsonTypeInfo<T> type, string example)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? value : Problems.BadBody($"The body is null. Send {example}.");
        }
        catch (JsonException e)
        {
            // The exception's own text may repeat the body, which may hold a secret.
            return Problems.BadBody(
                $"The body is not the JSON that is expected (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}). Send {example}.");
        }
    }
}
