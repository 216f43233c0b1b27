using System.Text;
using Microsoft.Net.Http.Headers;

namespace Quartier.Api.Http;

/// <summary>YAML files that are sent to be applied.</summary>
internal static class YamlBody
{
    public const string MediaType = "application/yaml";

    private static readonly string[] Types = [MediaType, "application/x-yaml", "text/yaml", "text/x-yaml"];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Under which media types a file is taken.</summary>
    public static BodyMediaTypes MediaTypes { get; } = new([.. Types]);

    /// <summary>The problem when the body is not said to be YAML; null when it is.</summary>
    public static ApiProblem? Refuse(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var media) && Types.Contains(media.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            ? null
            : Problems.MediaType(request.ContentType, MediaType);

    /// <summary>The text of a body.</summary>
    public static Outcome<string> Decode(byte[] body)
    {
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException e)
        {
            return Problems.BadBody($"The file is not UTF-8 (byte {e.Index + 1}). Save it as UTF-8 and send it again.");
        }
    }

    /// <summary>Reads a file whole.</summary>
    public static async Task<Outcome<string>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var read = await RequestBody.ReadAsync(request, maxBytes, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var body, out var problem) ? Decode(body) : problem;
    }
}
