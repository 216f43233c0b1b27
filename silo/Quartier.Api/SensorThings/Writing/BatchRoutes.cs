using Quartier.Api.Http;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary><c>/$batch</c>: several requests in one.</summary>
internal static class BatchRoutes
{
    public static async Task<IResult> PostAsync(HttpContext context, BatchRun run, CancellationToken cancellationToken)
    {
        var type = context.Request.ContentType ?? string.Empty;
        var isMultipart = type.StartsWith(MultipartBatch.MediaType, StringComparison.OrdinalIgnoreCase);
        if (!isMultipart && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return Problems.MediaType(type, $"application/json or {MultipartBatch.MediaType}; boundary=…");
        }

        if (!(await RequestBody.ReadAsync(context.Request, BodyLimits.MaxBytes, cancellationToken).ConfigureAwait(false)).TryGet(out var body, out var problem))
        {
            return problem;
        }

        var read = isMultipart
            ? await MultipartBatch.ReadAsync(type, new MemoryStream(body, writable: false), cancellationToken).ConfigureAwait(false)
            : JsonBatch.Read(body);
        if (!read.TryGet(out var items, out problem))
        {
            return problem;
        }

        var answers = await run.RunAsync(context, items, cancellationToken).ConfigureAwait(false);
        return new BatchResult(answers, isMultipart);
    }
}
