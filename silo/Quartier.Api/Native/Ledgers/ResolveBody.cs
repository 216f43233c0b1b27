using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Api.Json;

namespace Quartier.Api.Native.Ledgers;

/// <summary>Reads which pseudonym is asked for.</summary>
internal static class ResolveBody
{
    private const string Prefix = "person#";
    private const int Digits = 16;
    private const string Remedy = """Send {"pseudonym": "person#0123456789abcdef"}, as an entry writes it.""";

    public static async Task<Outcome<string>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return Problems.MediaType(request.ContentType, "application/json");
        }

        var read = await RequestBody.ReadAsync(request, RequestBody.DefaultMaxBytes, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var body, out var problem) ? Parse(body) : problem;
    }

    private static Outcome<string> Parse(byte[] body)
    {
        try
        {
            var pseudonym = JsonSerializer.Deserialize(body, ApiJson.Api.ResolveRequest)?.Pseudonym;
            return pseudonym?.Length == Prefix.Length + Digits && pseudonym.StartsWith(Prefix, StringComparison.Ordinal)
                && pseudonym.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0
                ? pseudonym
                : Problems.BadBody($"'pseudonym' is {Prefix} and {Digits} hexadecimal digits. {Remedy}");
        }
        catch (JsonException e)
        {
            return Problems.BadBody($"The body is not the JSON that is expected (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}). {Remedy}");
        }
    }
}
