using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The multipart form of batches (OASIS OData Protocol 4.01, 11.7.7): requests as <c>application/http</c>, change sets as parts of their own.</summary>
internal static class MultipartBatch
{
    public const string MediaType = "multipart/mixed";

    private static readonly byte[] s_lineEnd = "\r\n"u8.ToArray();

    public static async Task<Outcome<List<BatchItem>>> ReadAsync(string contentType, Stream body, CancellationToken cancellationToken)
    {
        var items = new List<BatchItem>();
        try
        {
            var problem = await ReadPartsAsync(contentType, body, null, items, cancellationToken).ConfigureAwait(false);
            return problem is null ? items : problem;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return WriteProblems.Bad("The batch cannot be taken apart: each part begins with the boundary that Content-Type names, and the last one ends with it and '--'.");
        }
    }

    public static async Task WriteAsync(HttpContext context, IReadOnlyList<BatchAnswer> answers)
    {
        var boundary = $"batch_{Guid.NewGuid():N}";
        context.Response.ContentType = $"{MediaType}; boundary={boundary}";
        var output = new MemoryStream();
        for (var i = 0; i < answers.Count; i++)
        {
            var group = answers[i].Group;
            if (group is null)
            {
                WritePart(output, boundary, answers[i]);
                continue;
            }

            var inner = $"changeset_{i.ToString(CultureInfo.InvariantCulture)}_{boundary}";
            Write(output, $"--{boundary}\r\nContent-Type: {MediaType}; boundary={inner}\r\n\r\n");
            for (; i < answers.Count && answers[i].Group == group; i++)
            {
                WritePart(output, inner, answers[i]);
            }

            i--;
            Write(output, $"--{inner}--\r\n");
        }

        Write(output, $"--{boundary}--\r\n");
        output.Position = 0;
        await output.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<ApiProblem?> ReadPartsAsync(
        string contentType, Stream body, string? group, List<BatchItem> items, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            return WriteProblems.Bad("A batch's Content-Type names its boundary: multipart/mixed; boundary=…");
        }

        var reader = new MultipartReader(boundary, body) { HeadersCountLimit = BatchLimits.MaxHeaders };
        while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
        {
            var problem = await ReadPartAsync(section, group, items, cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static async Task<ApiProblem?> ReadPartAsync(
        MultipartSection section, string? group, List<BatchItem> items, CancellationToken cancellationToken)
    {
        if (items.Count >= BatchLimits.MaxRequests)
        {
            return WriteProblems.Bad($"A batch has at most {BatchLimits.MaxRequests} requests. Send it in parts.");
        }

        if (section.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"changeset {items.Count + 1}");
            return group is null
                ? await ReadPartsAsync(section.ContentType, section.Body, name, items, cancellationToken).ConfigureAwait(false)
                : WriteProblems.Bad("A change set holds no change set.");
        }

        var bytes = new MemoryStream();
        await section.Body.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        var id = section.Headers?.GetValueOrDefault("Content-ID").ToString().Trim('<', '>', ' ') ?? string.Empty;
        if (Request(bytes.ToArray(), id, group) is not { } item)
        {
            return WriteProblems.Bad($"Part {items.Count + 1} is no HTTP request: a line such as 'POST Things HTTP/1.1', headers, an empty line, the body.");
        }

        items.Add(item);
        return null;
    }

    private static BatchItem? Request(byte[] bytes, string id, string? group)
    {
        var rest = bytes.AsMemory();
        if (Line(ref rest).Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var method, var url, ..])
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var line = Line(ref rest); line.Length > 0; line = Line(ref rest))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || headers.Count >= BatchLimits.MaxHeaders)
            {
                return null;
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        headers.TryAdd("Content-Type", "application/json");
        return new(id, method.ToUpperInvariant(), url, headers, Trimmed(rest), group, []);
    }

    private static string Line(ref Memory<byte> rest)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return Encoding.UTF8.GetString(line.Span).TrimEnd('\r');
    }

    /// <summary>A body ends where its part does; line ends before the boundary belong to nobody.</summary>
    private static ReadOnlyMemory<byte> Trimmed(Memory<byte> body)
    {
        while (!body.IsEmpty && body.Span[^1] is (byte)'\n' or (byte)'\r')
        {
            body = body[..^1];
        }

        return body;
    }

    private static void WritePart(MemoryStream output, string boundary, BatchAnswer answer)
    {
        Write(output, $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (answer.Id.Length > 0)
        {
            Write(output, $"Content-ID: {answer.Id}\r\n");
        }

        Write(output, string.Create(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n"));
        foreach (var (name, value) in answer.Headers)
        {
            Write(output, $"{name}: {value}\r\n");
        }

        Write(output, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n\r\n"));
        output.Write(answer.Body.Span);
        output.Write(s_lineEnd);
    }

    private static void Write(MemoryStream output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
